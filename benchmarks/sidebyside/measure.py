"""Runs a whole process and says what it cost."""

import dataclasses
import os
import statistics
import subprocess
import time


class CommandFailed(Exception):
    """A command that should have worked did not; its output is the message."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """What one run cost: seconds on the clock, CPU seconds of it and its children, KiB resident."""

    wall: float
    cpu: float
    resident: int


@dataclasses.dataclass(frozen=True)
class Command:
    """What is typed, where, and with which variables."""

    words: list
    folder: str
    env: dict


def once(command, log):
    """Runs it; all that was written before lies on the disk already. Its output goes to `log`."""
    os.sync()
    with open(log, "wb") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command.words,
            cwd=command.folder,
            env=command.env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(log, errors="replace") as out:
            told = out.read()[-2000:]
        raise CommandFailed(f"{' '.join(command.words)}: status {process.returncode}\n{told}")
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss)


@dataclasses.dataclass(frozen=True)
class Summary:
    """Medians of several runs, with the fastest and the slowest."""

    wall: float
    fastest: float
    slowest: float
    cpu: float
    resident: int
    runs: int

    @staticmethod
    def of(samples):
        walls = [s.wall for s in samples]
        return Summary(
            statistics.median(walls),
            min(walls),
            max(walls),
            statistics.median(s.cpu for s in samples),
            max(s.resident for s in samples),
            len(samples),
        )
