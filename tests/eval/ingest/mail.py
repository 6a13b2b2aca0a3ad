"""Mails against another parser's reading of them, mboxes against the offsets that are known, business mails."""
import gzip
import html.parser
import re
import tempfile
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

from common import DATA, Score, main, read, squeeze
import json

# Where the other parser's reading is not ours, and why ours stays.
NESTED = "a mail in the mail has a multipart type and no parts: there it swallows the attachments behind it"
UNCLOSED = "the inner boundary is not closed: the outer one closes it here, there both texts behind it are no text"
EXPLAINED = {
    "eml/malformed/007": "the headers run into the parts, and the boundary that ends them is text here",
    "eml/malformed/007.crlf": "the same",
    "eml/malformed/009": UNCLOSED,
    "eml/malformed/009.crlf": UNCLOSED,
    "eml/thirdparty/005.crlf": "a CR was put into UTF-16 as one byte; the byte left over is told by U+FFFD here",
    "eml/thirdparty/015": NESTED,
    "eml/thirdparty/015.crlf": NESTED,
}


class Words(html.parser.HTMLParser):
    """The text of an HTML document, style and script left out."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("style", "script", "title")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def words_of_html(document):
    parser = Words()
    parser.feed(document)
    return "".join(parser.text)


def header(part, name):
    return next((h["value"] for h in part["headers"] if h["name"] == name), None)


def expected_text(parts, indexes):
    """The text bodies in order; whether HTML is among them."""
    texts, is_html = [], False
    for index in indexes:
        body = parts[index]["body"]
        if "Text" in body:
            texts.append(body["Text"])
        elif "Html" in body:
            texts.append(words_of_html(body["Html"]))
            is_html = True
    return " ".join(texts), is_html


def expected_names(parts, indexes):
    names = []
    for index in indexes:
        for key, attribute in (("content_disposition", "filename"), ("content_type", "name")):
            value = header(parts[index], key)
            attributes = value["ContentType"].get("attributes") or [] if value else []
            name = next((a["value"] for a in attributes if a["name"] == attribute), None)
            if name:
                names.append(name)
                break
    return names


def expected_date(value):
    if not value:
        return None
    d = value["DateTime"]
    sign = -1 if d["tz_before_gmt"] else 1
    zone = timezone(sign * timedelta(hours=d["tz_hour"], minutes=d["tz_minute"]))
    try:
        return datetime(d["year"], d["month"], d["day"], d["hour"], d["minute"], d["second"], tzinfo=zone)
    except ValueError:
        return None


def pattern(text):
    """`text` as a pattern in which U+FFFD, a character that the other parser lost, stands for any."""
    return re.escape(squeeze(text)).replace("\ufffd", ".{1,4}?")


def same(theirs, ours, letters_only=False, lost_only=False):
    """Whether ours is theirs; with `lost_only`, whether all of theirs is in ours."""
    if letters_only:
        # Line breaks between blocks of HTML are ours to choose, and so are the marks of lists.
        theirs, ours = (re.sub(r"[\W_]+", "", t) for t in (theirs, ours))
        return theirs in ours if lost_only else theirs == ours
    match = re.search if lost_only else re.fullmatch
    return match(pattern(theirs), squeeze(ours), re.S) is not None


def same_names(theirs, ours, lost_only):
    left = list(ours)
    for name in theirs:
        found = next((o for o in left if same(name, o)), None)
        if found is None:
            return False
        left.remove(found)
    return lost_only or not left


def compare(expected, record, lost_only=False):
    """The first thing in which they differ, or None."""
    parts = expected["parts"]
    subject = header(parts[0], "subject")
    if subject and not same(subject.get("Text") or "", record.get("subject", "")):
        return "subject", subject, record.get("subject")
    sender = header(parts[0], "from")
    if sender and "List" in sender["Address"] and sender["Address"]["List"]:
        first = sender["Address"]["List"][0]
        if first["address"] and first["address"].lower() != record.get("fields", {}).get("from"):
            return "from", first, record.get("fields", {}).get("from")
        if not same(first["name"] or first["address"] or "", record.get("author", "")):
            return "author", first, record.get("author")
    date = expected_date(header(parts[0], "date"))
    if date and date != datetime.fromisoformat(record.get("time", "1900-01-01T00:00:00+00:00")):
        return "date", str(date), record.get("time")
    names = expected_names(parts, expected["attachments"])
    ours = record.get("fields", {}).get("attachments", [])
    if not same_names(names, ours, lost_only):
        return "attachments", names, ours
    text, is_html = expected_text(parts, expected["text_body"])
    if not same(text, record["text"], is_html, lost_only):
        return "text", squeeze(text), squeeze(record["text"])
    return None


def golden():
    score, lost = Score("mail-golden, the same", EXPLAINED), Score("mail-golden, nothing lost")
    root = DATA / "mail-golden"
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(root.glob("eml/*/*.json")):
            name = str(path.relative_to(root))[: -len(".json")]
            mail = (root / name.replace(".crlf", "")).with_suffix(".eml").read_bytes()
            mail = mail.replace(b"\r\n", b"\n")
            if name.endswith(".crlf"):
                mail = mail.replace(b"\n", b"\r\n")
            copy = Path(folder) / "mail.eml"
            copy.write_bytes(mail)
            records, errors, status = read([copy], "--format", "mail")
            if len(records) != 1 or status:
                score.check(False, name, f"{len(records)} records, {errors}")
                continue
            expected = json.loads(path.read_text())
            differs = compare(expected, records[0], True)
            lost.check(differs is None, name, differs and f"{differs[0]}: {differs[1]!r} is {differs[2]!r}"[:400])
            differs = compare(expected, records[0])
            score.check(differs is None, name, differs and f"{differs[0]}: {differs[1]!r} is {differs[2]!r}"[:400])
        maildir = root / "maildir"
        found = [p for p in maildir.rglob("*") if p.is_file()]
        records, errors, status = read([maildir])
        score.check(len(records) == len(found) and not status, "maildir", f"{len(records)} of {len(found)}, {errors}")
    return all([score.done(0.93) and score.explains_all(), lost.done(0.98)])


def mboxes():
    score = Score("mbox")
    for path in sorted((DATA / "mbox").glob("*.mbox.txt")):
        name = path.name[: -len(".mbox.txt")]
        for kind in ("unix", "dos"):
            offsets = path.with_name(f"{name}.{kind}-offsets.json")
            if not offsets.exists():
                continue
            box = path.read_bytes()
            if kind == "dos":
                box = re.sub(rb"(?<!\r)\n", b"\r\n", box)
            expected = json.loads(offsets.read_text())
            for packed in (False, True):
                records, errors, status = read([], "--format", "mbox", stdin=gzip.compress(box) if packed else box)
                what = f"{name}.{kind}{'.gz' if packed else ''}"
                score.check(len(records) == len(expected), f"{what} count", f"{len(records)} of {len(expected)}")
                ours = [(int(r["fields"]["offset"]), int(r["source"].rsplit(":", 1)[1])) for r in records]
                theirs = [(m["beginOffset"], m["lineNumber"]) for m in expected]
                score.check(ours == theirs, f"{what} offsets", f"{sorted(set(ours) ^ set(theirs))[:6]}")
        summary = path.with_name(f"{name}-summary.txt")
        if summary.exists():
            check_summary(score, name, path, summary.read_text())
    for name, n in (("simple", 3), ("unmunged", 2)):
        path = DATA / "mbox" / f"{name}.mbox.txt"
        if path.exists():
            records, errors, status = read([path])
            score.check(len(records) == n, f"{name} count", f"{len(records)} of {n}")
    return score.done()


def check_summary(score, name, path, summary):
    records, _, _ = read([path], "--timezone", "UTC")
    mails = re.split(r"(?m)^From .*\n", summary)[1:]
    for i, (mail, record) in enumerate(zip(mails, records)):
        fields = dict(re.findall(r"(?m)^(From|To|Subject|Date): (.*)$", mail))
        subject = squeeze(fields.get("Subject", ""))
        score.check(subject == squeeze(record.get("subject", "")), f"{name} {i} subject", f"{subject!r}")
        address = re.search(r"<([^>]*)>|(\S+)$", fields.get("From", ""))
        wanted = (address.group(1) or address.group(2) or "").lower() if address else ""
        score.check(wanted == record.get("fields", {}).get("from", ""), f"{name} {i} from",
                    f"{wanted!r} is {record['fields'].get('from')!r}")
        try:
            date = datetime.strptime(fields["Date"], "%a, %d %b %Y %H:%M:%S %z")
            score.check(date == datetime.fromisoformat(record["time"]), f"{name} {i} date",
                        f"{date} is {record.get('time')}")
        except (KeyError, ValueError):
            pass


def business():
    """Every mail accounted for; ids the same when read again, alone, and out of an mbox made of them."""
    score = Score("mail-enron")
    folder = DATA / "mail-enron"
    files = sorted(p for p in folder.rglob("*.txt"))
    records, errors, status = read([folder])
    score.check(len(records) == len(files) and status == 0, "read = written", f"{len(records)} of {len(files)}")
    score.check(read([folder])[0] == records, "the same again")
    box = b"".join(b"From a@b Mon Jan  1 00:00:00 2001\n" + re.sub(rb"(?m)^(>*From )", rb">\1", p.read_bytes()) + b"\n"
                   for p in files)
    boxed, _, _ = read([], stdin=box)
    score.check([r["id"] for r in boxed] == [r["id"] for r in records], "ids the same in an mbox")
    by_path = {r["source"].rsplit(":", 1)[0]: r for r in records}
    for path in files:
        record = by_path.get(str(path))
        raw = path.read_bytes().decode("latin-1").replace("\r\n", "\n")
        head, _, body = raw.partition("\n\n")
        fields = {k.lower(): v for k, v in re.findall(r"(?m)^([\w-]+): (.*)$", head)}
        good = record and record["id"] == fields["message-id"].strip("<> ") and "time" in record
        if good and "multipart" not in fields.get("content-type", "") and "quoted" not in fields.get(
                "content-transfer-encoding", "") and "base64" not in fields.get("content-transfer-encoding", ""):
            good = squeeze(body) == squeeze(record["text"].encode("cp1252", "replace").decode("latin-1"))
        score.check(good, str(path.relative_to(folder)), record and record["text"][:60])
    threads = Counter(r["thread"] for r in records)
    print(f"  threads {len(threads)}, the largest {threads.most_common(3)}")
    return score.done()


main(golden, mboxes, business)
