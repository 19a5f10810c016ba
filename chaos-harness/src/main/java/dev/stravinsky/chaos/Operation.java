package dev.stravinsky.chaos;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The commands that are put to the test; each can be typed again. */
enum Operation {
  /** {@code update v2}, with v1 installed. */
  UPDATE {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installFirst(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.update("v2");
    }
  },
  /** {@code rollback to v1}, with v2 installed over v1. */
  ROLLBACK {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installBoth(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.rollBackTo("v1");
    }
  },
  /** {@code backup create}, with changes that no backup has. */
  BACKUP {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installBoth(sandbox);
      damage(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.backUp();
    }
  },
  /** {@code recovery file} of a file that was changed after the backup. */
  RECOVER_FILE {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installBoth(sandbox);
      damage(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.recoverFile("hooks/pre_edit.py");
    }
  },
  /** {@code recovery directory}, with files below it changed, deleted and made. */
  RECOVER_DIRECTORY {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installBoth(sandbox);
      damage(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.recoverDirectory("hooks", "v2");
    }
  },
  /** {@code recovery version}, the same. */
  RECOVER_VERSION {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installBoth(sandbox);
      damage(sandbox);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.recoverVersion("v2");
    }
  },
  /** {@code recovery version} where nothing can be exchanged: each file is renamed aside first. */
  RECOVER_VERSION_BY_RENAME {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      RECOVER_VERSION.prepare(sandbox);
      sandbox.withCapabilities(new Capabilities(false, true, true, true));
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return RECOVER_VERSION.type(commands);
    }
  },
  /** What undoes an update that was killed in the middle of its swap. */
  RECOVERY_BEFORE_COMMIT {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installFirst(sandbox);
      interrupt(sandbox, o -> o.kind() == Kind.EXCHANGE, 2);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.resume();
    }
  },
  /** What finishes an update that was killed right after its commit record. */
  RECOVERY_AFTER_COMMIT {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installFirst(sandbox);
      interrupt(sandbox, o -> o.kind() == Kind.RENAME && o.toString().contains("old_guard"), 0);
    }

    @Override
    Ending type(Commands commands) throws IOException {
      return commands.resume();
    }
  };

  /**
   * Nobody is waited for; and the reserve for full disks is never made, since a full disk is to be
   * met without it, and to copy it for each trial would cost more than all else.
   */
  private static final String SETTINGS =
      """
      {"format": 1, "safety": {"lock_timeout_seconds": 0, "disk_space_threshold_mb": 1000000}}
      """;

  /** Brings an empty sandbox to where the command is typed. */
  abstract void prepare(Sandbox sandbox) throws IOException;

  abstract Ending type(Commands commands) throws IOException;

  /** Types the command. */
  Ending run(Services services) {
    return Ending.of(() -> type(new Commands(services)));
  }

  /** For people. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether it begins with a transaction half done, and may only end with one that is over. */
  boolean isCrashRecovery() {
    return this == RECOVERY_BEFORE_COMMIT || this == RECOVERY_AFTER_COMMIT;
  }

  /** Whether a file is at each moment old or new, and never missing. */
  boolean exchanges() {
    return this != RECOVER_VERSION_BY_RENAME;
  }

  private static void installFirst(Sandbox sandbox) throws IOException {
    sandbox.settings(SETTINGS);
    Fixture.releases(sandbox);
    Fixture.usersFiles(sandbox);
    require(Ending.of(() -> new Commands(sandbox.services()).update("v1")));
    Fixture.usersChanges(sandbox);
    sandbox.restart();
  }

  private static void installBoth(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    require(Ending.of(() -> new Commands(sandbox.services()).update("v2")));
    sandbox.restart();
  }

  /** What makes somebody want a backup's files back. */
  private static void damage(Sandbox sandbox) throws IOException {
    sandbox.write(sandbox.claude().resolve("hooks/pre_edit.py"), "print('spoilt')\n");
    sandbox.write(sandbox.claude().resolve("hooks/lib/extra.py"), "EXTRA = 1\n");
    sandbox.write(sandbox.claude().resolve("commands/test/unit.md"), "Spoilt.\n");
    Files.delete(sandbox.claude().resolve("hooks/notify.sh"));
    Files.delete(sandbox.claude().resolve("hooks/dangling"));
  }

  /** Kills the update in place of one of these operations. */
  private static void interrupt(Sandbox sandbox, Predicate<FileOperation> where, int which)
      throws IOException {
    List<FileOperation> operations = CleanRun.operations(UPDATE, sandbox);
    long moment = operations.stream().filter(where).skip(which).findFirst().orElseThrow().number();
    sandbox.faults().plan(FaultPlan.killAt(moment));
    Ending ending = UPDATE.run(sandbox.services());
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restartAfterKill();
    if (ending.kind() != Ending.Kind.KILLED) {
      throw new IllegalStateException("the update could not be interrupted: " + ending);
    }
  }

  private static void require(Ending ending) {
    if (ending.kind() != Ending.Kind.DONE) {
      throw new IllegalStateException("the scenario could not be prepared: " + ending);
    }
  }
}
