"""How time and memory grow with the files and their size, and what kept backups cost."""

import os
import shutil

import chart
import tools
from measure import Summary

MEAN_BYTES = 5_000
FILES_OF_SIZES = 1_000  # of the trees whose size is what grows
MEGABYTE = 1_000_000
WORKS = ["first backup", "backup unchanged", "backup verify", "restore", "list"]
KEPT = [1, 100]
KEPT_WORKS = {"list": ["backup", "list"], "rollback": ["rollback", "to", "untracked"]}


def measured(bench, files, megabytes, rounds):
    """Medians of each work by number of files, by size; then what kept backups cost."""
    found = {"files": {}, "megabytes": {}, "kept": {}}
    # The start-up caches are made.
    for words in (["status"], ["backup", "list"]):
        bench.run("", "", "", bench.user(bench.work, *words), count=False)
    for number in files:
        found["files"][number] = tree(bench, number, number * MEAN_BYTES, rounds)
        bench.say(f"{number} files measured")
    for size in megabytes:
        found["megabytes"][size] = tree(bench, FILES_OF_SIZES, size * MEGABYTE, rounds)
        bench.say(f"{size} MB measured")
    for kept in KEPT:
        found["kept"][kept] = beside(bench, kept, max(5, rounds))
        bench.say(f"{kept} backups kept measured")
    return found


def tree(bench, files, size, rounds):
    home = os.path.join(bench.work, f"scale{files}-{size}")
    shutil.rmtree(home, ignore_errors=True)
    bench.trees_py("make", home + "/.claude", files, size, bench.seed)
    samples = {work: [] for work in WORKS}
    for _ in range(rounds):
        tools.put_away(home + "/.stravinsky")
        for work, sample in one_round(bench, home):
            samples[work].append(sample)
    shutil.rmtree(home)
    return {work: Summary.of(all_of_it) for work, all_of_it in samples.items()}


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


def beside(bench, kept, rounds):
    """A list and a rollback where so many backups are kept."""
    home = os.path.join(bench.work, f"kept{kept}")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + "/.claude/hooks")
    os.makedirs(home + "/.stravinsky/rollback")
    with open(home + "/.stravinsky/rollback/config.json", "w") as out:
        out.write('{"backup": {"max_versions": 1000}}')
    hook = home + "/.claude/hooks/hook.sh"
    for number in range(kept):
        write(hook, number)
        bench.run("", "", "", bench.user(home, "backup", "create"), count=False)
    samples = {work: [] for work in KEPT_WORKS}
    for number in range(rounds + 1):
        # What a rollback saves is kept too, and would be counted: one more each time.
        write(hook, f"live {number}")
        for work, words in KEPT_WORKS.items():
            samples[work].append(bench.run("", "", "", bench.user(home, *words), count=False))
    shutil.rmtree(home)
    return {work: Summary.of(all_of_it[1:]) for work, all_of_it in samples.items()}


def write(hook, edition):
    with open(hook, "w") as out:
        out.write(f"#!/bin/sh\n# {edition}\n")


HEADINGS = {"files": "files", "megabytes": "MB", "kept": "backups kept"}


def table(found):
    tables = []
    for what, heading in HEADINGS.items():
        lines = [f"| work | {heading} | seconds | CPU s | peak MiB |", "|---|---:|---:|---:|---:|"]
        works = KEPT_WORKS if what == "kept" else WORKS
        for work in works:
            for number, by_work in found[what].items():
                s = by_work[work]
                took = f"{s.wall:.3f} | {s.cpu:.2f} | {s.resident / 1024:.0f}"
                lines.append(f"| {work} | {number:,} | {took} |")
        if found[what]:
            tables.append("\n".join(lines))
    return "\n\n".join(tables)


def drawings(found):
    """By file name."""
    titles = {"files": "Seconds by number of files", "megabytes": "Seconds by MB"}
    return {
        f"scale-{what}.svg": chart.growth(
            title,
            {
                work: [(number, by_work[work].wall) for number, by_work in found[what].items()]
                for work in WORKS
            },
        )
        for what, title in titles.items()
        if found[what]
    }
