"""What is done to each tree, in rounds in which every program has its turn."""

import contextlib
import os
import shutil
import subprocess
import sys

import measure
import tools
from measure import Command

HERE = os.path.dirname(os.path.abspath(__file__))
MIB = 1_000_000
TREES = {"70": (70, MIB), "1400": (1_400, 54 * MIB), "50000": (50_000, 940 * MIB)}
UPDATE, ROLLBACK = "update of a 70-file release", "rollback of it"
HELLO, VERSION, LIST = "a plain Java hello world", "--version", "backup list"
SHORT_RUNS = 21


class Samples:
    """All samples of a run: tree, what was done, by whom."""

    def __init__(self):
        self.of = {}

    def add(self, tree, work, tool, sample):
        self.of.setdefault((tree, work, tool), []).append(sample)

    def summary(self, tree, work, tool):
        found = self.of.get((tree, work, tool))
        return measure.Summary.of(found) if found else None

    def to_json(self):
        return [
            {"tree": t, "work": w, "tool": p, "wall": s.wall, "cpu": s.cpu, "resident": s.resident}
            for (t, w, p), found in self.of.items()
            for s in found
        ]

    @staticmethod
    def of_json(rows):
        samples = Samples()
        for row in rows:
            sample = measure.Sample(row["wall"], row["cpu"], row["resident"])
            samples.add(row["tree"], row["work"], row["tool"], sample)
        return samples


class Bench:
    """A place to work in, the distribution, and what was measured."""

    def __init__(self, work, program, seed, quiet=False):
        self.work = work
        self.program = program
        self.seed = seed
        self.samples = Samples()
        self.caches = os.environ.get("XDG_CACHE_HOME") or os.path.join(work, "caches")
        self.quiet = quiet

    def say(self, words):
        if not self.quiet:
            print(words, file=sys.stderr, flush=True)

    def trees_py(self, *words):
        subprocess.run([sys.executable, os.path.join(HERE, "trees.py"), *map(str, words)], check=True)

    def run(self, tree, work, name, command, count=True):
        sample = measure.once(command, os.path.join(self.work, "log"))
        if count:
            self.samples.add(tree, work, name, sample)
        return sample

    def user(self, home, *words):
        env = {"HOME": home, "PATH": tools.PATH, "XDG_CACHE_HOME": self.caches}
        return Command([self.program, *words], self.work, env | {"LC_ALL": "C.UTF-8"})

    def side_by_side(self, tree, rounds, without=()):
        """Every step by every program, `rounds` times, each round beginning with another one."""
        files, size = TREES[tree]
        home = os.path.join(self.work, "home" + tree)
        shutil.rmtree(home, ignore_errors=True)
        self.trees_py("make", os.path.join(home, ".claude"), files, size, self.seed)
        place = os.path.join(self.work, "stores")
        programs = [tools.Stravinsky(place + "/stravinsky", home, self.program, self.caches)]
        for peer in tools.PEERS:
            if peer.name in without:
                continue
            if peer.missing():
                self.say(f"{peer.name} is left out: there is no {peer.missing()} here")
            else:
                programs.append(peer(os.path.join(place, peer.name), home))
        self.run(tree, "", "", self.user(home, "--version"), count=False)
        self.run(tree, "", "", self.user(home, "status"), count=False)
        for number in range(rounds):
            turns = programs[number % len(programs) :] + programs[: number % len(programs)]
            self.one_round(tree, number, home, turns)
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(home)

    def one_round(self, tree, number, home, turns):
        files = sorted(
            os.path.relpath(os.path.join(folder, name), home + "/.claude")
            for folder, _, names in os.walk(home + "/.claude/hooks")
            for name in names
        )
        one = files[len(files) * 2 // 3]
        for tool in turns:
            tool.begin()
        for step in tools.STEPS:
            if step == tools.AGAIN:
                self.trees_py("change", home + "/.claude", self.seed * 1000 + number)
            live = digest(home + "/.claude") if step == tools.RESTORE else ""
            told = []
            for tool in turns:
                command = tool.does(step, one)
                if command is None:
                    continue
                tool.before(step, one)
                sample = self.run(tree, step, tool.name, command)
                told.append(f"{tool.name} {sample.wall:.2f}")
                if step == tools.RESTORE and digest(tool.restored()) != live:
                    raise measure.CommandFailed(f"{tool.name} restored something else")
                if step == tools.ONE and not os.path.exists(os.path.join(tool.restored(), one)):
                    raise measure.CommandFailed(f"{tool.name} did not bring {one} back")
                tool.after(step, one)
            self.say(f"{tree} files, round {number + 1}, {step}: {', '.join(told)}")

    def updates(self, rounds):
        """A release of 70 files installed over another, and taken back."""
        home = os.path.join(self.work, "home-updates")
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home + "/.claude")
        releases = [os.path.join(self.work, "release" + n) for n in "ab"]
        for number, release in enumerate(releases):
            shutil.rmtree(release, ignore_errors=True)
            self.trees_py("release", release, self.seed + number)
        self.run("", "", "", self.user(home, "update", releases[0], "--version", "v0"), count=False)
        self.run("", "", "", self.user(home, "update", releases[1], "--version", "v1"), count=False)
        self.run("", "", "", self.user(home, "rollback", "undo"), count=False)
        for number in range(rounds):
            update = self.user(home, "update", releases[1], "--version", f"v{number + 2}")
            self.run("70", UPDATE, "stravinsky", update)
            self.run("70", UPDATE, "interpreters", self.interpreters(releases))
            self.run("70", ROLLBACK, "stravinsky", self.user(home, "rollback", "undo"))
        self.say(f"{rounds} updates and rollbacks")
        shutil.rmtree(home)

    def interpreters(self, releases):
        """The programs that an update has to ask, with nothing around them: python3 and sh, for
        what is live, for what is staged, and for what is live afterwards."""
        return Command(
            ["sh", "-c", INTERPRETERS, "sh", releases[0], releases[1], releases[1]],
            self.work,
            {"PATH": tools.PATH, "HOME": self.work},
        )

    def short_commands(self, runs, java):
        home = os.path.join(self.work, "home-short")
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home + "/.claude/hooks")
        for number in range(3):
            with open(home + "/.claude/hooks/hook.sh", "w") as out:
                out.write(f"#!/bin/sh\n# {number}\n")
            self.run("", "", "", self.user(home, "backup", "create"), count=False)
        env = {"HOME": home, "PATH": tools.PATH, "LC_ALL": "C.UTF-8"}
        source = os.path.join(self.work, "Hello.java")
        with open(source, "w") as out:
            out.write(
                "class Hello { public static void main(String[] a) "
                '{ System.out.println("Hello, world"); } }\n'
            )
        subprocess.run([java + "c", "-d", self.work, source], check=True)
        hello = Command([java, "-cp", self.work, "Hello"], self.work, env)
        commands = {
            HELLO: hello,
            VERSION: self.user(home, "--version"),
            LIST: self.user(home, "backup", "list"),
        }
        for number in range(runs + 1):
            for work, command in commands.items():
                self.run("", work, "stravinsky", command, count=number > 0)
        self.say(f"{runs} short commands of each kind")


INTERPRETERS = """
for release; do
  python3 -I -S -B -c '
import sys
for path in sys.argv[1:]:
    with open(path, "rb") as source:
        compile(source.read(), path, "exec", dont_inherit=True)
' "$release"/hooks/*.py
  for hook in "$release"/hooks/*.sh; do sh -n "$hook"; done
done
"""


def digest(top):
    """Names, kinds, modes and content of all that is below."""
    script = """
      cd "$1"
      { find . -printf '%p %y %m %l\\n' | LC_ALL=C sort
        find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum
    """
    run = subprocess.run(["sh", "-ec", script, "sh", top], capture_output=True, check=True, text=True)
    return run.stdout


@contextlib.contextmanager
def folder(path):
    """A folder that is removed again, with all that was measured on."""
    os.makedirs(path, exist_ok=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
