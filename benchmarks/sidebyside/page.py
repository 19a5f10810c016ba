"""The page: the table of what was to be reached, and all that was measured."""

import datetime
import os
import platform

import chart
import results
import tools
import trials

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def table(samples):
    """The same table on a terminal and on the page."""
    lines = ["| work | files | took | beside | at most | reached |", "|---|---|---|---|---|---|"]
    for row in results.rows(samples):
        files = f"{int(row.tree):,}" if row.tree else ""
        verdict = "yes" if row.reached else f"no, {row.ratio:.2f} of it"
        lines.append(
            f"| {row.work} | {files} | {row.took} | {row.beside} | {row.limit} | {verdict} |"
        )
    return "\n".join(lines)


def everything(samples):
    """Each step of each tree by each program: median, spread, CPU time, peak memory."""
    parts = []
    for tree, (files, size) in trials.TREES.items():
        found = [
            (step, tool, summary)
            for step in tools.STEPS
            for tool in [results.OURS] + [peer.name for peer in tools.PEERS]
            if (summary := samples.summary(tree, step, tool))
        ]
        if not found:
            continue
        parts.append(f"\n### {files:,} files, {size // trials.MIB} MB\n")
        parts.append("| step | program | median s | fastest to slowest | CPU s | peak MiB |")
        parts.append("|---|---|---:|---|---:|---:|")
        last = None
        for step, tool, s in found:
            named, last = ("" if step == last else step), step
            spread = f"{s.fastest:.3f} to {s.slowest:.3f}"
            memory = f"{s.resident / 1024:.0f}"
            parts.append(f"| {named} | {tool} | {s.wall:.3f} | {spread} | {s.cpu:.2f} | {memory} |")
    return "\n".join(parts)


def machine():
    """What it ran on; nothing that names it."""
    model = platform.processor()
    with open("/proc/cpuinfo") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":")[1].strip()
                break
    with open("/proc/meminfo") as info:
        memory = int(info.readline().split()[1]) // (1024 * 1024)
    return f"{os.cpu_count()} x {model}, {memory} GiB, {platform.system()} {platform.machine()}"


def versions():
    lines = []
    for peer in tools.PEERS:
        if not peer.missing():
            lines.append(f"- {peer.name}: {peer('', '').version()}")
    return "\n".join(lines)


HEAD = """# Measured side by side

Written by `benchmarks/peers` on {date}, seed {seed}, medians of {rounds} rounds; the short commands'
of {short}. Whole processes, from their start to their end; in each round every program has its turn, each
round begins with another one. Before each command `sync` is awaited, so that nobody pays for what another
one has left to be written; all that is read lies in memory already. The files are documents and data as text
and 20 Python hooks, made from the seed; one in seventeen has another one's content. What was restored is
compared with what was there, by name, mode and content, in every round. Nothing is deleted until all is measured.

{machine}

{versions}

Stravinsky forces a backup to the disk and reads it back before it is done; what it restores is forced too,
and what was there before is backed up first. The others do what they do without options: restic encrypts, Borg
does not (`-e none`). For `git` the steps are add and commit, `fsck --full`,
`checkout`. tar has no step for changes: it packs everything again. A peak of 18 MiB or less is that of the
script that started it.

## What is to be reached

{table}

![Seconds of each step, side by side](results.svg)
"""


def write(samples, about, folder=FOLDER):
    """RESULTS.md and results.svg beside it; what profile.md says about the figures is at its end."""
    head = HEAD.format(
        date=datetime.date.fromisoformat(about["date"]),
        seed=about["seed"],
        rounds=about["rounds"],
        short=about["short"],
        machine=about["machine"],
        versions=about["versions"],
        table=table(samples),
    )
    text = head
    profile = os.path.join(FOLDER, "sidebyside", "profile.md")
    if os.path.exists(profile):
        with open(profile) as said:
            text += "\n" + said.read().strip() + "\n"
    text += "\n## Everything\n" + everything(samples) + "\n"
    with open(os.path.join(folder, "RESULTS.md"), "w") as out:
        out.write(text)
    with open(os.path.join(folder, "results.svg"), "w") as out:
        out.write(chart.side_by_side(samples))


def write_scale(table_of_it, drawings, asked):
    """SCALE.md and its drawings beside it; what growth.md says about the figures is at its end."""
    text = SCALE.format(
        date=datetime.date.today().isoformat(),
        seed=asked.seed,
        rounds=asked.rounds,
        machine=machine(),
        table=table_of_it,
        drawings="\n".join(f"![{name}]({name})" for name in drawings),
    )
    with open(os.path.join(FOLDER, "sidebyside", "growth.md")) as said:
        text += "\n" + said.read().strip() + "\n"
    with open(os.path.join(asked.write, "SCALE.md"), "w") as out:
        out.write(text)
    for name, drawing in drawings.items():
        with open(os.path.join(asked.write, name), "w") as out:
            out.write(drawing)


SCALE = """# How it grows

Written by `benchmarks/peers --scale` on {date}, seed {seed}, medians of {rounds} rounds; files of 5 kB in the mean
where their number grows, 1,000 of them where their size does. `backup verify` unpacks everything; a restore brings all of
it back where nothing is left. A rollback exchanges one small file, beside other backups of it.

{machine}

{table}

{drawings}
"""
