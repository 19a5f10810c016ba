"""How time and memory grow with the files, and what kept backups cost."""

import os
import shutil

import chart
import tools
from measure import Summary

MEAN_BYTES = 5_000
WORKS = ["first backup", "backup unchanged", "backup verify", "restore", "list"]
KEPT = [1, 100]


def measured(bench, sizes, rounds):
    """For each number of files: medians of each work; then listings beside 1 and 100 backups."""
    found = {}
    # The start-up caches are made.
    for words in (["status"], ["backup", "list"]):
        bench.run("", "", "", bench.user(bench.work, *words), count=False)
    for files in sizes:
        home = os.path.join(bench.work, f"scale{files}")
        shutil.rmtree(home, ignore_errors=True)
        live = home + "/.claude"
        bench.trees_py("make", live, files, files * MEAN_BYTES, bench.seed)
        samples = {work: [] for work in WORKS}
        for _ in range(rounds):
            tools.put_away(home + "/.stravinsky")
            for work, sample in one_round(bench, home):
                samples[work].append(sample)
        for work, all_of_it in samples.items():
            found[work, files] = Summary.of(all_of_it)
        bench.say(f"{files} files measured")
        shutil.rmtree(home)
    for kept in KEPT:
        found["list", -kept] = Summary.of(listings(bench, kept, max(5, rounds)))
        bench.say(f"a list of {kept} backups measured")
    return found


def one_round(bench, home):
    live = home + "/.claude"

    def run(*words):
        return bench.run("", "", "", bench.user(home, *words), count=False)

    yield "first backup", run("backup", "create")
    yield "backup unchanged", run("backup", "create")
    yield "backup verify", run("backup", "verify", "--read-data", "untracked")
    yield "list", run("backup", "list")
    os.rename(live, live + ".away")
    os.mkdir(live)
    yield "restore", run("recovery", "version", "untracked")
    tools.put_away(live)
    os.rename(live + ".away", live)


def listings(bench, kept, rounds):
    home = os.path.join(bench.work, f"kept{kept}")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + "/.claude/hooks")
    os.makedirs(home + "/.stravinsky/rollback")
    with open(home + "/.stravinsky/rollback/config.json", "w") as out:
        out.write('{"backup": {"max_versions": 1000}}')
    for number in range(kept):
        with open(home + "/.claude/hooks/hook.sh", "w") as out:
            out.write(f"#!/bin/sh\n# {number}\n")
        bench.run("", "", "", bench.user(home, "backup", "create"), count=False)
    samples = [
        bench.run("", "", "", bench.user(home, "backup", "list"), count=False)
        for _ in range(rounds + 1)
    ]
    shutil.rmtree(home)
    return samples[1:]


def table(found):
    lines = ["| work | files | seconds | peak MiB |", "|---|---:|---:|---:|"]
    for (work, files), s in found.items():
        what = f"{work}, {-files} backups kept" if files < 0 else work
        number = "1" if files < 0 else f"{files:,}"
        lines.append(f"| {what} | {number} | {s.wall:.3f} | {s.resident / 1024:.0f} |")
    return "\n".join(lines)


def drawing(found):
    return chart.growth(
        {
            work: [(files, s.wall) for (w, files), s in found.items() if w == work and files > 0]
            for work in WORKS
        }
    )
