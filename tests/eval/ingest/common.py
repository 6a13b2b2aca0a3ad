"""What the checks of reading share: running voc read, and texts made comparable."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

DATA = Path(os.environ["VOC_EVAL_DATA"]) / "ingest"
VOC = [str(Path(os.environ["VOC_BIN"]) / "voc-read")]


def read(paths, *options, stdin=None):
    """Records of the paths, the lines on stderr, the exit status."""
    done = subprocess.run(VOC + list(options) + [str(p) for p in paths], input=stdin, capture_output=True, timeout=600)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return records, done.stderr.decode().splitlines(), done.returncode


def squeeze(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


class Score:
    """Counts what is met, and prints what is not unless it is explained."""

    def __init__(self, name, explained=None):
        self.name, self.explained = name, explained or {}
        self.met = self.all = 0
        self.used = set()

    def check(self, good, what, detail=""):
        self.all += 1
        self.met += bool(good)
        if good:
            return
        why = self.explained.get(what)
        if why:
            self.used.add(what)
        print(f"  {self.name}: {what}: {why or detail}")

    def explains_all(self):
        """Whether every miss is explained."""
        return self.met + len(self.used) == self.all

    def done(self, at_least=1.0):
        share = self.met / self.all if self.all else 0
        print(f"{self.name}: {self.met} of {self.all} ({share:.4f})")
        return share >= at_least


def main(*checks):
    good = all([check() for check in checks])
    sys.exit(0 if good else 1)
