"""A program that reads a configuration in a loop while it is changed.

    reader.py TOP SCRIPT-PATTERN EDITION...

Each EDITION is a folder with all files that TOP may have, as one version has them. Until standard
input ends: every file that all editions have is read as a whole and compared, then the settings are
parsed and the scripts that they name are looked for. A script that is not there counts if the same
settings were in force before and after the look. At the end one line:

    done ROUNDS CHANGES MISSING FOREIGN UNNAMED FIRST

ROUNDS of reading, CHANGES of the settings seen, files MISSING, contents that are no edition's
(FOREIGN), and scripts that settings name and that are not there (UNNAMED); FIRST says the first.
"""

import json
import os
import re
import select
import sys

top, pattern, *editions = sys.argv[1:]
SCRIPT = re.compile(pattern)


def files(folder):
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


allowed = [files(edition) for edition in editions]
common = sorted(set.intersection(*(set(edition) for edition in allowed)))
contents = {path: {edition[path] for edition in allowed} for path in common}
counts = dict.fromkeys(("rounds", "changes", "missing", "foreign", "unnamed"), 0)
first = "-"
settings = os.path.join(top, "settings.json")


def violation(what, message):
    global first
    counts[what] += 1
    if first == "-":
        first = what + ": " + message


def settings_now():
    with open(settings, "rb") as file:
        state = os.fstat(file.fileno())
        return state.st_ino, state.st_ctime_ns, file.read()


def look_at_files():
    for path in common:
        try:
            with open(os.path.join(top, path), "rb") as file:
                content = file.read()
        except FileNotFoundError:
            violation("missing", path)
            continue
        if content not in contents[path]:
            violation("foreign", "%s: %d bytes: %r" % (path, len(content), content[:60]))


def look_at_settings(before):
    try:
        now = settings_now()
    except FileNotFoundError:
        return before  # Counted with the files.
    if now[2] in contents["settings.json"]:
        names = SCRIPT.findall(json.dumps(json.loads(now[2])))
        gone = [name for name in names if not os.path.exists(os.path.join(top, name))]
        try:
            same = settings_now()[:2] == now[:2]
        except FileNotFoundError:
            same = False
        if gone and same:
            violation("unnamed", ", ".join(gone))
    counts["changes"] += now[2] != before
    return now[2]


seen = None
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    look_at_files()
    seen = look_at_settings(seen)
    counts["rounds"] += 1
print("done", *counts.values(), first.replace("\n", " "), flush=True)
