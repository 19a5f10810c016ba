"""Trees of files as a configuration has them, made from a seed.

Run as a program, so that what measures stays small: what a child process is said to have used at its
highest is never less than what its parent had when it began.

    trees.py make TOP FILES BYTES SEED      a tree of scripts, documents and data
    trees.py change TOP SEED                other content for one file in a hundred
    trees.py release TOP SEED               a release of 70 files
"""

import itertools
import json
import math
import os
import random
import sys

EQUAL_SHARE = 0.06  # files with the content of another one, as copied folders have them
MODIFIED = 1_700_000_000
FOLDERS = 223
LARGEST = 8_000_000
SCRIPTS = 20  # the rest are documents and data, so that no interpreter's time counts


class Text:
    """Lines that are sound Python and pass for prose: names come as often as names do."""

    def __init__(self, rng):
        self.rng = rng
        letters = "etaoinshrdlucmfwypvbgk"
        self.words = [
            "".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(6_000)
        ]
        weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.weights = weights
        self.lines = [self.line() for _ in range(40_000)]
        self.line_weights = list(
            itertools.accumulate(1 / (rank + 10) for rank in range(len(self.lines)))
        )

    def names(self, count):
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def line(self):
        kind = self.rng.random()
        if kind < 0.35:
            return "# " + " ".join(self.names(self.rng.randint(4, 14))) + "\n"
        if kind < 0.55:
            a, b, c = self.names(3)
            return f'{a}_ = "{b} {c} {self.rng.randrange(10**6)}"\n'
        if kind < 0.8:
            a, b, c, d = self.names(4)
            return f"{a}_{b} = lambda {c}_: {c}_.{d}_({self.rng.randrange(1000)})\n"
        if kind < 0.9:
            return "\n"
        a, b, c = self.names(3)
        return f"if {self.rng.randrange(2**32):#x} < 0:\n    {a}_.{b}_({c}_)\n"

    def content(self, size):
        """Exactly so many bytes, sound to the end."""
        parts = []
        length = 0
        while length < size:
            more = self.rng.choices(
                self.lines, cum_weights=self.line_weights, k=max(8, (size - length) // 45)
            )
            # What is in no other file.
            more.append(f"# {self.rng.getrandbits(96):x}\n")
            parts.extend(more)
            length += sum(map(len, more))
        text = "".join(parts)[:size]
        end = text.rfind("\n#") + 1
        text = text[:end] + "#" * (size - end - 1) + "\n" if end else "#" * (size - 1) + "\n"
        return text.encode("ascii")[:size]


def make(top, files, total, seed):
    rng = random.Random(seed)
    text = Text(rng)
    sizes = [min(LARGEST, math.exp(8.5 + 1.4 * rng.gauss(0, 1))) for _ in range(files)]
    scale = total / sum(sizes)
    written = []
    for number, size in enumerate(sizes):
        folder = f"folder{number % min(FOLDERS, files)}"
        os.makedirs(os.path.join(top, "hooks", folder), exist_ok=True)
        suffix = ".py" if number < SCRIPTS else (".md", ".txt", ".csv")[number % 3]
        path = os.path.join(top, "hooks", folder, f"hook{number}{suffix}")
        if written and rng.random() < EQUAL_SHARE:
            with open(rng.choice(written), "rb") as other:
                content = other.read()
        else:
            content = text.content(max(40, int(size * scale)))
        with open(path, "wb") as out:
            out.write(content)
        os.utime(path, (MODIFIED + number, MODIFIED + number))
        written.append(path)
    settings(top, "make")


def settings(top, edition):
    with open(os.path.join(top, "settings.json"), "w") as out:
        json.dump({"env": {"EDITION": edition}}, out)


def change(top, seed):
    rng = random.Random(seed)
    text = Text(rng)
    files = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(os.path.join(top, "hooks"))
        for name in names
    )
    for path in rng.sample(files, max(1, len(files) // 100)):
        content = text.content(os.path.getsize(path))
        with open(path, "wb") as out:
            out.write(content)


def release(top, seed):
    """20 hooks in Python, 10 for the shell, 30 commands, 9 documents, settings that name hooks."""
    rng = random.Random(seed)
    text = Text(rng)
    os.makedirs(os.path.join(top, "hooks"))
    os.makedirs(os.path.join(top, "commands"))

    def write(name, content):
        with open(os.path.join(top, name), "w") as out:
            out.write(content)

    def lines(size):
        return text.content(int(size * rng.uniform(0.5, 1.5))).decode()

    for number in range(20):
        write(f"hooks/hook{number}.py", "import json, sys\n" + lines(15_000))
    for number in range(10):
        comments = "".join("# " + line + "\n" for line in lines(15_000).split("\n"))
        write(f"hooks/hook{number}.sh", "#!/bin/sh\n" + comments + "exit 0\n")
    for number in range(30):
        head = f"---\ndescription: command {number}\nmodel: opus\n---\n"
        write(f"commands/command{number}.md", head + lines(15_000))
    for number in range(9):
        write(f"hooks/README{number}.md", lines(15_000))
    hooks = [
        {"type": "command", "command": f"~/.claude/hooks/hook{n}.{kind}"}
        for n in range(5)
        for kind in ("py", "sh")
    ]
    for name in os.listdir(os.path.join(top, "hooks")):
        os.chmod(os.path.join(top, "hooks", name), 0o755)
    events = {"PreToolUse": [{"matcher": "Bash", "hooks": hooks}]}
    write("settings.json", json.dumps({"env": {"EDITION": str(seed)}, "hooks": events}, indent=2))


def main(words):
    match words:
        case ["make", top, files, total, seed]:
            make(top, int(files), int(total), int(seed))
        case ["change", top, seed]:
            change(top, int(seed))
        case ["release", top, seed]:
            release(top, int(seed))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
