"""Another program that writes to files while they are swapped: numbered records of 64 bytes.

Each line on standard input asks for a burst of writes:

    KIND FILE FIRST COUNT DELAY_MICROS PAUSE_MICROS

The answer is "ready" when the file is open (where the kind holds it open), and then, after the
burst, "done WRITES MISSING NUMBER..." with the numbers that nobody but somebody else can have
overwritten: of each inode that was written to the last one; of renamed files those that no later
rename of this program was seen to replace, or, where it cannot see that, the last one.
"""

import ctypes
import mmap
import os
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
HERE = -100
EXCHANGE = 2
ENOENT = 2


def record(number):
    return b"writer %056d\n" % number


def number_of(content):
    return int(content[7:63]) if content.startswith(b"writer ") else None


class InPlace:
    """Opens, writes and closes; flags say whether the file is emptied or created by that."""

    def __init__(self, path, flags):
        self.path = path
        self.flags = flags
        self.last = {}

    def write(self, number):
        descriptor = os.open(self.path, os.O_WRONLY | self.flags, 0o644)
        try:
            os.pwrite(descriptor, record(number), 0)
            self.last[os.fstat(descriptor).st_ino] = number
        finally:
            os.close(descriptor)

    def mine(self):
        return self.last.values()

    def close(self):
        pass


class Held:
    """Writes through one descriptor, or one mapping, for the whole burst."""

    def __init__(self, path, mapped):
        self.descriptor = os.open(path, os.O_RDWR)
        self.mapping = mmap.mmap(self.descriptor, 64) if mapped else None
        if mapped:
            os.close(self.descriptor)  # A mapping needs none.
        self.last = []

    def write(self, number):
        if self.mapping is not None:
            self.mapping[0:64] = record(number)
        else:
            os.pwrite(self.descriptor, record(number), 0)
        self.last = [number]

    def mine(self):
        return self.last

    def close(self):
        if self.mapping is not None:
            self.mapping.close()
        else:
            os.close(self.descriptor)


class Renaming:
    """Writes another file and renames it over the old one, or exchanges both to see what it was."""

    def __init__(self, path, seeing):
        self.path = path
        self.temporary = path + ".theirs"
        self.seeing = seeing
        self.numbers = set()

    def write(self, number):
        with open(self.temporary, "wb") as file:
            file.write(record(number))
        if self.seeing and self.exchanged():
            with open(self.temporary, "rb") as file:
                self.numbers.discard(number_of(file.read()))
            os.unlink(self.temporary)
        elif self.seeing:
            self.linked()
        else:
            os.rename(self.temporary, self.path)
            self.numbers.clear()
        self.numbers.add(number)

    def exchanged(self):
        one = os.fsencode(self.temporary)
        other = os.fsencode(self.path)
        if LIBC.renameat2(HERE, one, HERE, other, EXCHANGE) == 0:
            return True
        if ctypes.get_errno() != ENOENT:
            raise OSError(ctypes.get_errno(), "renameat2")
        return False

    def linked(self):
        try:
            os.link(self.temporary, self.path)
        except FileExistsError:
            raise FileNotFoundError("came back between both calls") from None
        finally:
            os.unlink(self.temporary)

    def mine(self):
        return self.numbers

    def close(self):
        pass


KINDS = {
    "IN_PLACE": lambda path: InPlace(path, 0),
    "TRUNCATING": lambda path: InPlace(path, os.O_TRUNC | os.O_CREAT),
    "DESCRIPTOR": lambda path: Held(path, False),
    "MAPPED": lambda path: Held(path, True),
    "RENAMING": lambda path: Renaming(path, False),
    "EXCHANGING": lambda path: Renaming(path, True),
}


def burst(kind, path, first, count, delay, pause):
    writer = KINDS[kind](path)
    print("ready", flush=True)
    writes = 0
    missing = 0
    time.sleep(delay / 1e6)
    for number in range(first, first + count):
        try:
            writer.write(number)
            writes += 1
        except FileNotFoundError:
            missing += 1
        if pause:
            time.sleep(pause / 1e6)
    writer.close()
    print("done", writes, missing, *writer.mine(), flush=True)


for line in sys.stdin:
    kind, path, *numbers = line.rstrip("\n").split("\t")
    burst(kind, path, *map(int, numbers))
