"""Chats: the files of another reader with what it makes of them, WhatsApp counted anew, Slack and Intercom."""
import html
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

from common import DATA, Score, main, read, squeeze

# Where the other reader's reading is not ours, and why ours stays.
EXPLAINED = {}


def known():
    """Whoever wrote what when, by the other reader: it leaves out what has no author or no text."""
    score = Score("chats", EXPLAINED)
    for target in sorted((DATA / "chats").glob("*/target.json")):
        expected = json.loads(target.read_text())
        for path in sorted(p for p in target.parent.iterdir() if p != target):
            name = str(path.relative_to(DATA / "chats"))
            # Times that stand in the file as they are for people are local; those counted since 1970 are UTC's.
            records, errors, status = read([path], "--timezone", "UTC")
            ours = {(datetime.fromisoformat(r["time"]).replace(tzinfo=None), r.get("author", ""), squeeze(r["text"]))
                    for r in records}
            score.check(status == 0, name, f"{errors}")
            for message in expected:
                wanted = (datetime.fromisoformat(message["timestamp"]), message["author"], squeeze(message["message"]))
                near = [o for o in ours if o[1:] == wanted[1:]]
                score.check(wanted in ours, f"{name} {message['timestamp']}", f"{near or [o for o in ours if o[0] == wanted[0]]}")
    return score.done()


MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DIGITS = r"[\d\u0660-\u0669]"
STAMP = re.compile(
    rf"^\[?{DIGITS}{{1,4}}\s?[./\-\u200f]\s?{DIGITS}{{1,2}}[./\-\u200f]\s?{DIGITS}{{1,4}}\.?(?:\sг\.)?(?:\s?(?:BE|н\.э\.))?"
    rf"[,،]?\s+(?:klo\s|kl\.?\s|u\s)?{DIGITS}{{1,2}}[:.]{DIGITS}{{2}}")


def starts(path):
    """The lines on which a message begins, by one pattern."""
    text = path.read_text(encoding="utf-8-sig")
    return [line for line in re.split(r"\r\n|\n", text) if STAMP.match(MARKS.sub("", line).replace("\u202f", " "))]


def whatsapp():
    """Every message of every locale; none without a time; none in two."""
    score = Score("whatsapp")
    n = 0
    for path in sorted(p for p in (DATA / "whatsapp").rglob("*.txt") if "NOTES" not in p.name):
        records, errors, status = read([path])
        lines = starts(path)
        n += len(lines)
        name = str(path.relative_to(DATA / "whatsapp"))
        score.check(len(records) == len(lines) and lines, f"{name} count", f"{len(records)} of {len(lines)} {errors[:2]}")
        score.check(status == 0 and not errors, f"{name} rejects", f"{errors[:2]}")
        score.check(all("time" in r for r in records), f"{name} times")
        times = [datetime.fromisoformat(r["time"]) for r in records]
        backward = sum(b < a - timedelta(days=1) for a, b in zip(times, times[1:]))
        score.check(backward <= len(times) // 20, f"{name} order", f"{backward} of {len(times)} go back")
        inside = [r for r in records for line in r["text"].split("\n")[1:] if STAMP.match(MARKS.sub("", line))]
        score.check(not inside, f"{name} joined", f"{inside[:1]}")
    print(f"  {n} messages")
    return score.done()


def slack():
    """Each message once, under its user's name, in its thread."""
    score = Score("slack")
    root = DATA / "slack"
    users = {u["id"]: u for u in json.loads((root / "users.json").read_text())}
    records, errors, status = read([root])
    by_stamp = {r["id"].rsplit("/", 1)[1]: r for r in records}
    messages = [m for p in sorted(root.glob("*/*.json")) for m in json.loads(p.read_text())]
    score.check(status == 0 and len(records) == len(messages), "count", f"{len(records)} of {len(messages)} {errors}")
    said = ("bot_message", "me_message", "thread_broadcast", "file_share")
    for message in messages:
        record = by_stamp.get(message["ts"], {})
        profile = users.get(message["user"], {}).get("profile", {})
        name = profile.get("display_name") or profile.get("real_name") or record.get("author")
        system = message.get("subtype") and message["subtype"] not in said
        good = (record.get("author") == name and record.get("thread", "").endswith(message.get("thread_ts", message["ts"]))
                and (record.get("role") == "system") == bool(system)
                and abs(datetime.fromisoformat(record["time"]).timestamp() - float(message["ts"])) < 1)
        if not re.search("[<&]", message.get("text", "")):
            good = good and squeeze(record["text"]) == squeeze(message.get("text", ""))
        score.check(good, message["ts"], f"{message} is {record}"[:300])
    score.check(read([root])[0] == records, "the same again")
    return score.done()


def intercom():
    """Each conversation and ticket of the API's answers, with who began it."""
    score = Score("intercom")
    for path in sorted((DATA / "intercom").glob("*.json")):
        answer = json.loads(path.read_text())
        items = answer.get("conversations") or answer.get("tickets") or [answer]
        records, errors, status = read([path])
        score.check(status == 0, path.name, f"{errors}")
        for item in items:
            ticket = "ticket_attributes" in item
            thread = f"intercom:{'ticket-' if ticket else ''}{item['id']}"
            said = [r for r in records if r["thread"] == thread]
            score.check(said and datetime.fromisoformat(said[0]["time"]).timestamp() == item["created_at"],
                        f"{path.name} {item['id']}", f"{records}"[:200])
            parts = [p for p in (item.get("conversation_parts") or item.get("ticket_parts") or {}).get(
                "conversation_parts" if not ticket else "ticket_parts", []) if p.get("body")]
            score.check(len(said) == 1 + len(parts), f"{path.name} {item['id']} parts", f"{len(said)}")
            if said and not ticket:
                body = squeeze(html.unescape(re.sub("<[^>]*>", " ", item["source"]["body"])))
                role = {"admin": "agent", "user": "customer", "lead": "customer", "contact": "customer", "bot": "bot"}
                score.check(said[0]["text"] == body and said[0]["role"] == role[item["source"]["author"]["type"]] and
                            said[0]["author"] == item["source"]["author"]["name"], f"{path.name} {item['id']} source")
    return score.done()


main(known, whatsapp, slack, intercom)
