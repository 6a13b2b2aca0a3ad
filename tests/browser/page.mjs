// What a reader does with the page, and what a message must not be able to do: see tests/browser/run.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const scratch = process.argv[2];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.VOC_SHOTS;
let failed = 0, passed = 0;

const check = (good, what) => {
  if (good) passed++;
  else { failed++; console.log(`FAIL ${what}`); }
};

const names = (page) => page.$$eval("#themes-table tbody:not([hidden]) th", (cells) => cells.map((c) => c.textContent));

const use = async (page, lang) => {
  const all = await names(page);
  check(all.length === 3, `${lang}: three themes, not ${all.length}`);
  await page.fill("#filter", "lasku0");
  check((await names(page)).length === 1, `${lang}: the filter leaves one theme`);
  await page.fill("#filter", "");
  const head = page.locator("#themes-table thead button[data-key=messages]");
  await head.click();
  const counts = async () => (await page.$$eval("#themes-table tbody", (rows) => rows.map((r) => Number(r.dataset.messages))));
  const down = await counts();
  check(down.every((n, i) => i === 0 || n <= down[i - 1]), `${lang}: sorted by messages, most first`);
  await page.keyboard.press("Enter");
  const up = await counts();
  check(up.every((n, i) => i === 0 || n >= up[i - 1]), `${lang}: the other way round, by the keyboard`);
  check(await page.locator("th[aria-sort=ascending]").count() === 1, `${lang}: the order is told`);
  const summary = page.locator("#themes-table summary").first();
  await summary.click();
  check(await page.locator("#themes-table details[open] blockquote").count() > 0, `${lang}: a theme opens to its messages`);
};

const judge = async (page, what) => {
  const result = await page.evaluate(async () => await axe.run(document, { resultTypes: ["violations"] }));
  const serious = result.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  check(serious.length === 0, `${what}: axe: ${serious.map((v) => `${v.id} (${v.nodes[0].html.slice(0, 120)})`).join("; ")}`);
};

const browser = await chromium.launch({ executablePath: process.env.VOC_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
for (const lang of ["en", "fi"]) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const requests = [], complaints = [];
  page.on("request", (r) => requests.push(r.url()));
  page.on("console", (m) => complaints.push(m.text()));
  page.on("dialog", (d) => { complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on("pageerror", (e) => complaints.push(String(e)));
  await page.goto(`file://${scratch}/${lang}.html`);
  await use(page, lang);
  check(requests.length === 1, `${lang}: one request, the page itself: ${requests}`);
  check(complaints.length === 0, `${lang}: nothing complains, no script of a message runs: ${complaints}`);
  check((await page.title()).includes("2026"), `${lang}: the title is the report's`);
  check(await page.locator("img, iframe, object, embed, link").count() === 0, `${lang}: no element of a message`);
  check((await page.textContent("body")).includes("<script>alert(1)</script>"), `${lang}: a script shows as text`);
  const refused = await page.evaluate(() => { const s = document.createElement("script"); s.textContent = "window.ran = 1"; document.body.append(s); return window.ran === undefined; });
  check(refused, `${lang}: the policy refuses any other script`);

  // The policy refuses axe too: a context that goes round it judges the same page.
  for (const [what, options] of [["desktop", { viewport: { width: 1200, height: 900 } }], ["phone", { viewport: { width: 360, height: 740 }, isMobile: true }],
                                 ["dark", { viewport: { width: 1200, height: 900 }, colorScheme: "dark" }]]) {
    const judging = await browser.newContext({ ...options, bypassCSP: true });
    const judged = await judging.newPage();
    await judged.goto(`file://${scratch}/${lang}.html`);
    await judged.evaluate(axe);
    await judge(judged, `${lang}, ${what}`);
    if (what === "phone") {
      const wide = await judged.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= 360, `${lang}: 360 px are wide enough, not ${wide}`);
    }
    if (shots) await judged.screenshot({ path: `${shots}/${lang}-${what}.png`, fullPage: true });
    await judging.close();
  }
  if (shots) await page.pdf({ path: `${shots}/${lang}.pdf`, format: "A4" });
  await context.close();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
