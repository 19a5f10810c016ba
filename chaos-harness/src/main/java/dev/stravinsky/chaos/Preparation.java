package dev.stravinsky.chaos;

import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;

/** Brings empty sandboxes to where commands are typed. */
final class Preparation {
  /**
   * Nobody is waited for; and the reserve for full disks is never made, since a full disk is to be
   * met without it, and to copy it for each trial would cost more than all else.
   */
  private static final String SETTINGS =
      """
      {"format": 1, "safety": {"lock_timeout_seconds": 0, "disk_space_threshold_mb": 1000000}}
      """;

  private Preparation() {}

  /** A user's configuration before anything was installed, and two releases at hand. */
  static void offerBoth(Sandbox sandbox) throws IOException {
    sandbox.settings(SETTINGS);
    Fixture.releases(sandbox);
    Fixture.usersFiles(sandbox);
  }

  static void installFirst(Sandbox sandbox) throws IOException {
    offerBoth(sandbox);
    require(Ending.of(() -> new Commands(sandbox.services()).update("v1")));
    Fixture.usersChanges(sandbox);
    sandbox.restart();
  }

  static void installBoth(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    require(Ending.of(() -> new Commands(sandbox.services()).update("v2")));
    sandbox.restart();
  }

  /** The second release can be had from a web server. */
  static void publishSecond(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    sandbox.withVariable(Commands.CHANNEL, ReleaseServer.publish(sandbox));
    sandbox.restart();
  }

  /** What makes somebody want a backup's files back. */
  static void spoil(Sandbox sandbox) throws IOException {
    installBoth(sandbox);
    sandbox.write(sandbox.claude().resolve("hooks/pre_edit.py"), "print('spoilt')\n");
    sandbox.write(sandbox.claude().resolve("hooks/lib/extra.py"), "EXTRA = 1\n");
    sandbox.write(sandbox.claude().resolve("commands/test/unit.md"), "Spoilt.\n");
    Files.delete(sandbox.claude().resolve("hooks/notify.sh"));
    Files.delete(sandbox.claude().resolve("hooks/dangling"));
  }

  static void backUp(Sandbox sandbox) throws IOException {
    spoil(sandbox);
    require(Ending.of(() -> new Commands(sandbox.services()).backUp()));
    sandbox.restart();
  }

  static void spoilWithoutExchange(Sandbox sandbox) throws IOException {
    spoil(sandbox);
    sandbox.withCapabilities(new Capabilities(false, true, true, true));
  }

  /** Version 1 of a plugin is installed, and version 2 is at hand. */
  static void plugin(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    sandbox.write(Commands.plugin(sandbox.userHome()), Fixture.plugin("1.0.0"), 0644);
    require(Ending.of(() -> new Commands(sandbox.services()).installPlugin()));
    sandbox.write(Commands.plugin(sandbox.userHome()), Fixture.plugin("2.0.0"), 0644);
    sandbox.restart();
  }

  static void interruptBeforeCommit(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    interrupt(sandbox, o -> o.kind() == Kind.EXCHANGE, 2);
  }

  static void interruptAfterCommit(Sandbox sandbox) throws IOException {
    installFirst(sandbox);
    interrupt(sandbox, o -> o.kind() == Kind.RENAME && o.toString().contains("old_guard"), 0);
  }

  /** Kills the update in place of one of these operations. */
  private static void interrupt(Sandbox sandbox, Predicate<FileOperation> where, int which)
      throws IOException {
    List<FileOperation> operations = CleanRun.operations(Operation.UPDATE, sandbox);
    long moment = operations.stream().filter(where).skip(which).findFirst().orElseThrow().number();
    sandbox.faults().plan(FaultPlan.killAt(moment));
    Ending ending = Operation.UPDATE.run(sandbox.services());
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
