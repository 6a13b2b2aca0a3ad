#!/usr/bin/env python3
"""Compares voc read with the expected JSON of a folder of hard mails: mail-golden.py FOLDER [voc-read].

FOLDER holds NAME.eml beside NAME.json (another parser's reading) in folders. Subject, sender's address, date, text and
names of attached files are compared; differences that mail-golden.tsv explains are counted apart. Exit 1 when there are
others.
"""
import datetime
import glob
import html
import json
import os
import re
import subprocess
import sys

folder = sys.argv[1]
program = sys.argv[2] if len(sys.argv) > 2 else "voc-read"
here = os.path.dirname(os.path.abspath(__file__))
explained = {
    line.split("\t")[0]: line.rstrip("\n").split("\t")[1:]
    for line in open(os.path.join(here, "mail-golden.tsv"), encoding="utf-8")
    if not line.startswith("#")
}


def plain(text):
    return " ".join((text or "").replace("\u00a0", " ").split())


def words(text):
    return re.findall(r"\w+", text)


def from_html(text):
    text = re.sub(r"(?is)<(style|script|head|title)\b.*?</\1>", "", text)
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", text)))


def header(part, name):
    for one in part["headers"]:
        if one["name"] == name:
            return one["value"]
    return None


def address(value):
    found = (value or {}).get("Address") if isinstance(value, dict) else None
    if not found:
        return ""
    if "Group" in found:
        found = [one for group in found["Group"] for one in group.get("addresses", [])]
    elif "List" in found:
        found = found["List"]
    return plain((found[0].get("address") or "").lower()) if found else ""


def file_name(part):
    for name in ("content_disposition", "content_type"):
        value = header(part, name)
        if isinstance(value, dict) and "ContentType" in value:
            for one in value["ContentType"].get("attributes") or []:
                if one["name"] in ("filename", "name"):
                    return one["value"]
    return None


def date(value):
    if not isinstance(value, dict) or "DateTime" not in value:
        return None
    d = value["DateTime"]
    offset = datetime.timedelta(hours=d["tz_hour"], minutes=d["tz_minute"]) * (-1 if d["tz_before_gmt"] else 1)
    try:
        return datetime.datetime(d["year"], d["month"], d["day"], d["hour"], d["minute"], min(d["second"], 59),
                                 tzinfo=datetime.timezone(offset))
    except ValueError:
        return None


def differences(expected, record):
    root, fields = expected["parts"][0], record.get("fields", {})
    subject = header(root, "subject")
    subject = subject.get("Text") if isinstance(subject, dict) else ""
    if plain(subject) != plain(record.get("subject")):
        yield "subject"
    if address(header(root, "from")) != fields.get("from", ""):
        yield "from"
    wanted = date(header(root, "date"))
    if wanted and ("time" not in record or wanted != datetime.datetime.fromisoformat(record["time"])):
        yield "date"
    bodies = [expected["parts"][i]["body"] for i in expected["text_body"]]
    text = " ".join(plain(b["Text"]) if "Text" in b else from_html(b.get("Html", "")) for b in bodies)
    if words(text) != words(plain(record["text"])):
        yield "text"
    names = [file_name(expected["parts"][i]) for i in expected["attachments"]]
    got = fields.get("attachments", [])
    if len(names) != len(got) or any(n and plain(n) != plain(g) for n, g in zip(names, got)):
        yield "attachments"


same = known = 0
wrong = []
for path in sorted(glob.glob(os.path.join(folder, "*", "*.eml"))):
    name = os.path.relpath(path, folder)
    expected = json.load(open(path[:-4] + ".json", encoding="utf-8"))
    lines = subprocess.run([program, path], capture_output=True, text=True, check=False).stdout.splitlines()
    found = list(differences(expected, json.loads(lines[0]))) if len(lines) == 1 else [f"{len(lines)} records"]
    # What cannot be read is nobody's file: a multipart in pieces is expected as a nameless one.
    if found == ["text", "attachments"] and name.startswith("malformed/"):
        found = ["text"]
    if not found:
        same += 1
    elif name in explained and explained[name][0] == ", ".join(found):
        known += 1
    else:
        wrong.append((name, found))
print(f"{same + known + len(wrong)} mails: {same} as expected, {known} explained, {len(wrong)} wrong")
for name, found in wrong:
    print(f"  {name}: {', '.join(found)}")
sys.exit(1 if wrong else 0)
