"""Calls: a WebVTT conformance suite's cues, Zoom's transcripts and chats, Contact Lens, each against its own file."""
import html
import json
import re
from collections import Counter
from pathlib import Path

from common import DATA, Score, main, read, squeeze

# Where the suite's reading is not ours, and why ours stays.
EXPLAINED = {
    "integration/id.vtt": "a line of times behind a bad one begins a cue, by the standard as it is today",
}


def text_of(nodes):
    return "".join(node.get("textContent", "") for node in nodes)


def plain(cue):
    """A cue's words without its tags."""
    return squeeze(html.unescape(re.sub(r"<[^>]*(>|$)", "", cue)))


def voice(cue):
    found = re.search(r"<v(?:\.[^\s>]*)?\s+([^>]*)", cue)
    return squeeze(html.unescape(found.group(1))) if found else ""


def turns(cues):
    """What consecutive cues of one speaker say, and unnamed ones until a sentence ends."""
    out = []
    for cue in cues:
        name, text = voice(cue["text"]), plain(cue["text"])
        if not name and (found := re.match(r"([^\s:?!\"<>\d][^:?!\"<>]{0,58}):(?:\s+(.*)|$)", text)):
            name, text = found.group(1), found.group(2) or ""
        if not text:
            continue
        if out and out[-1][0] == name and (name or not re.search(r"[.?!…]$", out[-1][3])):
            out[-1][2:] = [cue["endTime"], out[-1][3] + " " + text]
        else:
            out.append([name, cue["startTime"], cue["endTime"], text])
    return [tuple(turn) for turn in out]


def expected_of(path):
    """The cues of the suite's own file; of one without, whether there are any, and their words."""
    own, shown = path.with_suffix(".json"), path.with_name(path.stem + "-proc.json")
    words = [squeeze(text_of([cue])) for cue in json.loads(shown.read_text()) or []] if shown.exists() else None
    return (json.loads(own.read_text())["cues"] if own.exists() else None), words


def conformance():
    score, told = Score("calls-vtt", EXPLAINED), Score("calls-vtt, what is wrong is told")
    root = DATA / "calls-vtt"
    for path in sorted(root.rglob("*.vtt")):
        name = str(path.relative_to(root))
        records, errors, status = read([path])
        cues, words = expected_of(path)
        ours = [(r.get("author", ""), r["fields"]["start"], r["fields"]["end"], squeeze(r["text"])) for r in records]
        if cues is not None:
            score.check(ours == turns(cues), name, f"{turns(cues)} is {ours} {errors}"[:300])
        elif words is not None:
            said = squeeze(" ".join(turn[3] for turn in ours))
            score.check(said == squeeze(" ".join(words)), name, f"{words} is {ours} {errors}"[:300])
        else:
            score.check(status in (0, 1), name, f"{status} {errors}")
        header = path.read_bytes().lstrip(b"\xef\xbb\xbf")
        if not re.match(rb"WEBVTT(?=[ \t\r\n]|$)", header) and header:
            told.check(status == 1 and errors and not records, name, f"{status} {errors}")
        else:
            told.check(status in (0, 1) and (status == 0) == (not errors), name, f"{status} {errors}")
    return all([score.done(0.98) and score.explains_all(), told.done()])


def cues_of(path):
    """Cues of a transcript, by a parser of its own: blocks between empty lines."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")):
        lines = block.split("\n")
        at = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if at is not None and (text := squeeze(" ".join(lines[at + 1:]))):
            yield text


def zoom():
    """Every cue and every message of the chats is in a record; reading again gives the same."""
    score = Score("calls-zoom")
    root = DATA / "calls-zoom"
    records, errors, status = read([root])
    score.check(status == 0 and not errors, "nothing is rejected", f"{errors[:3]}")
    score.check(read([root])[0] == records, "the same again")
    score.check(len({r["id"] for r in records}) == len(records), "no two ids are the same")
    by_file, speakers = {}, Counter()
    for record in records:
        by_file.setdefault(record["source"].rsplit(":", 1)[0], []).append(record)
    n_cues = n_messages = 0
    for path in sorted(root.rglob("*.vtt")):
        expected, said = [], by_file.get(str(path), [])
        for text in cues_of(path):
            n_cues += 1
            name, _, rest = text.partition(": ")
            expected.append((name, squeeze(rest)) if rest else ("", text))
        joined = squeeze(" ".join(text for _, text in expected))
        score.check(squeeze(" ".join(r["text"] for r in said)) == joined, str(path.relative_to(root)))
        names = [r.get("author", "") for r in said]
        score.check(all(a != b or not a for a, b in zip(names, names[1:])), f"{path.relative_to(root)} turns")
        speakers.update(set(names))
    for path in sorted(root.rglob("chat.txt")):
        lines = re.findall(r"(?m)^\d\d:\d\d:\d\d\t.*$", path.read_text(encoding="utf-8-sig"))
        n_messages += len(lines)
        said = by_file.get(str(path), [])
        score.check(len(said) == len(lines), str(path.relative_to(root)), f"{len(said)} of {len(lines)}")
        score.check([r["author"] for r in said] == [line.split("\t")[1].rstrip(":") for line in lines],
                    f"{path.relative_to(root)} authors")
    print(f"  {n_cues} cues and {n_messages} messages of chats in {len(records)} records; "
          f"{len(speakers)} speakers")
    return score.done()


def contact_lens():
    """Each message of the files that are JSON; the two that are not are named."""
    score = Score("contact-lens")
    for path in sorted((DATA / "contact-lens").glob("*.json")):
        records, errors, status = read([path])
        try:
            contact = json.loads(path.read_text())
        except ValueError:
            score.check(status == 1 and path.name in " ".join(errors), f"{path.name} is named", f"{errors}")
            continue
        roles = {p["ParticipantId"]: p.get("ParticipantRole") for p in contact["Participants"]}
        chat = contact["Channel"] == "CHAT"
        score.check(status == 0, path.name, f"{errors}")
        score.check(chat == (len(records) == len(contact["Transcript"])), f"{path.name} count", f"{len(records)}")
        for item, record in zip(contact["Transcript"], records):
            role = (item.get("ParticipantRole") or roles.get(item.get("ParticipantId")) or "").lower()
            role = "system" if item.get("Type") == "EVENT" else role
            score.check(record["text"] == item.get("Content", "") and record["role"] == role and
                        (not chat or record["id"].endswith("/" + item["Id"])), f"{path.name} {item['Id']}", f"{record}")
    return score.done()


main(conformance, zoom, contact_lens)
