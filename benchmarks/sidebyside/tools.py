"""The programs that are compared, and how each is asked for the same work."""

import os
import shutil
import subprocess
import uuid

from measure import Command

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

FIRST = "first backup"
AGAIN = "backup after 1 % changed"
STORED = "verify what is stored"
CONTENT = "verify the content"
RESTORE = "restore everything"
ONE = "one file"
STEPS = [FIRST, STORED, CONTENT, AGAIN, RESTORE, ONE]


def put_away(path):
    """Out of the way, and deleted only when all is measured: for minutes ext4 without a journal
    takes no inode that was just freed, and looks through all of them whenever it needs one."""
    if os.path.lexists(path):
        trash = os.path.join(os.path.dirname(path), ".trash")
        os.makedirs(trash, exist_ok=True)
        os.rename(path, os.path.join(trash, uuid.uuid4().hex))


class Tool:
    """One program with a store of its own below `place`; the files lie in `home`/.claude."""

    name = ""
    program = ""

    def __init__(self, place, home):
        self.place = place
        self.home = home
        self.out = os.path.join(place, "out")

    @classmethod
    def missing(cls):
        """The program that is not there, or an empty string."""
        return "" if shutil.which(cls.program, path=PATH) else cls.program

    def version(self):
        return line_of([self.program, "--version"])

    def env(self):
        return {"HOME": self.place, "PATH": PATH, "LC_ALL": "C.UTF-8"}

    def command(self, *words, folder=None):
        return Command(list(words), folder or self.home, self.env())

    def begin(self):
        """An empty store: what was in it is gone, and what is made once in its life is made."""
        put_away(self.place)
        os.makedirs(self.place)

    def does(self, step, one):
        """The command for a step, or None where the program has none; `one` is a file's path."""
        raise NotImplementedError

    def before(self, step, one):
        if step in (RESTORE, ONE):
            put_away(self.out)
            os.makedirs(self.out)

    def restored(self):
        """Where the files are after a restore."""
        return os.path.join(self.out, ".claude")

    def after(self, step, one):
        """What the step left is put away."""
        if step in (RESTORE, ONE):
            put_away(self.out)


class Stravinsky(Tool):
    name = "stravinsky"

    def __init__(self, place, home, program, caches):
        super().__init__(place, home)
        self.program = program
        self.caches = caches
        self.away = home + "/.claude.away"

    def env(self):
        return super().env() | {"HOME": self.home, "XDG_CACHE_HOME": self.caches}

    def begin(self):
        super().begin()
        put_away(self.home + "/.stravinsky")

    def does(self, step, one):
        words = {
            FIRST: ["backup", "create"],
            AGAIN: ["backup", "create"],
            STORED: ["backup", "verify", "untracked"],
            CONTENT: ["backup", "verify", "--read-data", "untracked"],
            RESTORE: ["recovery", "version", "untracked"],
            ONE: ["recovery", "file", os.path.join(self.home, ".claude", one)],
        }
        return self.command(self.program, *words[step])

    def before(self, step, one):
        """It restores into the place itself: a restore finds nothing there, one file is gone."""
        live = os.path.join(self.home, ".claude")
        if step == RESTORE:
            os.rename(live, self.away)
            os.mkdir(live)
        elif step == ONE:
            os.rename(os.path.join(live, one), self.away)

    def restored(self):
        return os.path.join(self.home, ".claude")

    def after(self, step, one):
        live = os.path.join(self.home, ".claude")
        if step == RESTORE:
            put_away(live)
            os.rename(self.away, live)
        elif step == ONE:
            os.replace(self.away, os.path.join(live, one))


class Restic(Tool):
    name = "restic"
    program = "restic"

    def version(self):
        return line_of(["restic", "version"])

    def env(self):
        return super().env() | {
            "RESTIC_REPOSITORY": self.place + "/store",
            "RESTIC_PASSWORD": "benchmark",
        }

    def begin(self):
        super().begin()
        subprocess.run(["restic", "init", "-q"], env=self.env(), check=True)

    def does(self, step, one):
        words = {
            FIRST: ["backup", "-q", ".claude"],
            AGAIN: ["backup", "-q", ".claude"],
            STORED: ["check", "-q", "--read-data"],
            CONTENT: ["check", "-q", "--read-data"],
            RESTORE: ["restore", "-q", "latest", "--target", self.out],
            ONE: ["restore", "-q", "latest", "--target", self.out, "--include", f".claude/{one}"],
        }
        return self.command("restic", *words[step])


class Borg(Tool):
    name = "Borg"
    program = "borg"

    def env(self):
        return super().env() | {
            "BORG_REPO": self.place + "/store",
            "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
        }

    def begin(self):
        super().begin()
        subprocess.run(["borg", "init", "-e", "none"], env=self.env(), check=True)

    def does(self, step, one):
        words = {
            FIRST: ["create", "::first", ".claude"],
            AGAIN: ["create", "::second", ".claude"],
            STORED: ["check", "--repository-only"],
            CONTENT: ["check", "--verify-data"],
            RESTORE: ["extract", "::second"],
            ONE: ["extract", "::second", f".claude/{one}"],
        }
        folder = self.out if step in (RESTORE, ONE) else self.home
        return self.command("borg", *words[step], folder=folder)


class Tar(Tool):
    program = "tar"
    compressor = ""

    @classmethod
    def missing(cls):
        return super().missing() or ("" if shutil.which(cls.compressor, path=PATH) else cls.compressor)

    def version(self):
        return line_of(["tar", "--version"]) + ", " + line_of([self.compressor, "--version"])

    def does(self, step, one):
        archive = self.place + "/archive.tar.gz"
        use = ["-I", self.compressor]
        match step:
            case "first backup" | "backup after 1 % changed":
                return self.command("tar", *use, "-cf", archive, ".claude")
            case "verify the content":
                return self.command("tar", *use, "-tf", archive)
            case "restore everything":
                return self.command("tar", *use, "-xf", archive, folder=self.out)
            case "one file":
                return self.command("tar", *use, "-xf", archive, f".claude/{one}", folder=self.out)
        return None


class TarGzip(Tar):
    name = "tar+gzip"
    compressor = "gzip"


class TarPigz(Tar):
    name = "tar+pigz"
    compressor = "pigz"


class Git(Tool):
    name = "git"
    program = "git"

    def env(self):
        return super().env() | {
            "GIT_DIR": self.place + "/store",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "b",
            "GIT_AUTHOR_EMAIL": "b@localhost",
            "GIT_COMMITTER_NAME": "b",
            "GIT_COMMITTER_EMAIL": "b@localhost",
        }

    def begin(self):
        super().begin()
        subprocess.run(["git", "init", "-q"], cwd=self.home, env=self.env(), check=True)
        subprocess.run(["git", "config", "core.bare", "false"], env=self.env(), check=True)
        # Tidying in the background would be in the others' measurements.
        subprocess.run(["git", "config", "gc.auto", "0"], env=self.env(), check=True)

    def does(self, step, one):
        tree = ["git", f"--work-tree={self.home}"]
        out = ["git", f"--work-tree={self.out}"]
        match step:
            case "first backup" | "backup after 1 % changed":
                script = '"$@" add -A .claude && "$@" commit -q -m backup'
                return self.command("sh", "-c", script, "sh", *tree)
            case "verify what is stored" | "verify the content":
                return self.command("git", "fsck", "--full", "--no-progress")
            case "restore everything":
                return self.command(*out, "checkout", "-q", "-f", "HEAD", "--", ".", folder=self.out)
            case "one file":
                return self.command(
                    *out, "checkout", "-q", "HEAD", "--", f".claude/{one}", folder=self.out
                )
        return None


PEERS = [Restic, Borg, TarPigz, TarGzip, Git]


def line_of(words):
    run = subprocess.run(words, capture_output=True, text=True, env={"PATH": PATH})
    return (run.stdout + run.stderr).strip().split("\n")[0]
