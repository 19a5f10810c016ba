"""What was to be reached, and whether it was."""

import dataclasses

from tools import AGAIN, CONTENT, FIRST, ONE, RESTORE, STORED
from trials import HELLO, LIST, ROLLBACK, UPDATE, VERSION

OURS = "stravinsky"


@dataclasses.dataclass(frozen=True)
class Goal:
    """At most `factor` times the fastest of `peers` for the work; `trees` where it is asked for."""

    work: str
    words: str
    factor: float
    peers: tuple
    trees: tuple = ("1400", "50000")


GOALS = [
    Goal(FIRST, "the fastest of restic, Borg, tar+pigz", 1.0, ("restic", "Borg", "tar+pigz")),
    Goal(AGAIN, "the fastest of restic, Borg", 0.7, ("restic", "Borg")),
    Goal(STORED, "`restic check --read-data`", 0.5, ("restic",)),
    Goal(
        CONTENT,
        "the fastest of `restic check --read-data`, `borg check --verify-data`, `tar tzf`",
        1.0,
        ("restic", "Borg", "tar+gzip"),
    ),
    Goal(RESTORE, "`tar xzf`", 1.0, ("tar+gzip",)),
    Goal(ONE, "`tar xzf ARCHIVE MEMBER`", 0.05, ("tar+gzip",), ("50000",)),
]
TYPED = {
    FIRST: "`backup create`, read back",
    AGAIN: "`backup create` after 1 % changed",
    STORED: "`backup verify`",
    CONTENT: "`backup verify --read-data`",
    RESTORE: "`recovery version`, synced",
    ONE: "`recovery file`",
}
MEMORY_LIMIT_MIB = 256


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table: what was done, on what, what it took, and what it may take."""

    work: str
    tree: str
    took: str
    beside: str
    limit: str
    ratio: float  # of what it may take: up to 1.0 it is reached

    @property
    def reached(self):
        return self.ratio <= 1.0


def rows(samples):
    """A row for each goal of which everything was measured."""
    found = [row for goal in GOALS for tree in goal.trees if (row := of_goal(samples, goal, tree))]
    found += of_updates(samples) + of_short(samples) + of_memory(samples)
    return found


def of_goal(samples, goal, tree):
    ours = samples.summary(tree, goal.work, OURS)
    peers = {name: samples.summary(tree, goal.work, name) for name in goal.peers}
    peers = {name: summary for name, summary in peers.items() if summary}
    if not ours or not peers:
        return None
    best = min(peers, key=lambda name: peers[name].wall)
    ratio = ours.wall / peers[best].wall
    return Row(
        TYPED[goal.work],
        tree,
        seconds(ours.wall),
        f"{best} {seconds(peers[best].wall)}, ratio {ratio:.2f}",
        f"{goal.factor:g} x {goal.words}",
        ratio / goal.factor,
    )


def of_updates(samples):
    found = []
    update = samples.summary("70", UPDATE, OURS)
    asked = samples.summary("70", UPDATE, "interpreters")
    back = samples.summary("70", ROLLBACK, OURS)
    if update and asked:
        own = max(0.0, update.wall - asked.wall)
        beside = f"interpreters {seconds(asked.wall)}, beside them {seconds(own)}"
        limit = "0.6 s beside the interpreters' own time"
        found.append(
            Row(f"`update`, {UPDATE[10:]}", "70", seconds(update.wall), beside, limit, own / 0.6)
        )
    if back:
        found.append(
            Row("`rollback undo` of it", "70", seconds(back.wall), "", "0.4 s", back.wall / 0.4)
        )
    return found


def of_short(samples):
    hello = samples.summary("", HELLO, OURS)
    found = []
    for work in (VERSION, LIST):
        short = samples.summary("", work, OURS)
        if hello and short:
            ratio = short.wall / hello.wall
            beside = f"hello world {seconds(hello.wall)}, ratio {ratio:.2f}"
            limit = "3 x a plain Java hello world"
            found.append(Row(f"`{work}`", "", seconds(short.wall), beside, limit, ratio / 3))
    return found


def of_memory(samples):
    used = {work: samples.summary("50000", work, OURS) for work in TYPED}
    used = {work: summary.resident / 1024 for work, summary in used.items() if summary}
    if not used:
        return []
    most = max(used, key=used.get)
    return [
        Row(
            "peak resident memory",
            "50000",
            f"{used[most]:.0f} MiB",
            TYPED[most],
            f"{MEMORY_LIMIT_MIB} MiB",
            used[most] / MEMORY_LIMIT_MIB,
        )
    ]


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 0.1 else f"{value:.2f} s"
