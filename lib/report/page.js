(() => {
  "use strict";
  const table = document.getElementById("themes-table");
  if (!table) return;
  const bodies = [...table.tBodies];
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const tools = document.getElementById("tools");
  const collator = new Intl.Collator(document.documentElement.lang);

  const apply = () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    let n = 0;
    for (const body of bodies) {
      const hit = body.textContent.toLocaleLowerCase().includes(wanted);
      body.hidden = !hit;
      n += hit ? 1 : 0;
    }
    shown.textContent = shown.dataset.text.replace("%s", n).replace("%s", bodies.length);
  };

  const sort = (head, key) => {
    const up = head.getAttribute("aria-sort") === "descending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const sign = up ? 1 : -1;
    bodies.sort((a, b) => {
      const x = a.dataset[key], y = b.dataset[key];
      if (key === "name") return -sign * collator.compare(x, y);
      if (x === "" || y === "") return (x === "") - (y === "");
      return sign * (Number(x) - Number(y));
    });
    for (const body of bodies) table.append(body);
  };

  for (const head of table.tHead.rows[0].cells) {
    const button = head.querySelector("button");
    if (button) button.addEventListener("click", () => sort(head, button.dataset.key));
  }
  filter.addEventListener("input", apply);
  tools.hidden = false;
  apply();

  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details:not([open])")) { d.open = true; opened.push(d); }
  });
  window.addEventListener("afterprint", () => { for (const d of opened.splice(0)) d.open = false; });
})();
