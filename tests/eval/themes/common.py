"""What the evaluations of voc theme share."""

import json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.join(HERE, "../../../build/release/bin")
DATA = os.path.join(HERE, "../../../data")


def table(path):
    """The rows (gold, text) of a table with a line of headings."""
    with open(path, encoding="utf8") as file:
        return [line.rstrip("\n").split("\t", 1) for line in file][1:]


def write(path, records):
    with open(path, "w", encoding="utf8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def run(binary, *arguments):
    """Runs a filter; what it printed."""
    done = subprocess.run([os.path.join(binary, arguments[0])] + list(arguments[1:]), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE)
    if done.returncode > 1:
        sys.exit(f"{' '.join(arguments)}: status {done.returncode}")
    return done.stdout.decode("utf8")


def themes_of(binary, themes, records, *options):
    """The ids of each record's themes, the strongest first."""
    lines = run(binary, "voc-theme", "assign", "-t", themes, *options, records).splitlines()
    return [[theme["id"] for theme in json.loads(line)["themes"]] for line in lines]


def first_themes(binary, themes, records, *options):
    """Each record's first theme, "" without one."""
    return [(found or [""])[0] for found in themes_of(binary, themes, records, *options)]
