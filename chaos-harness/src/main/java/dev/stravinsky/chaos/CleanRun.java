package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command does when nothing goes wrong.
 *
 * @param operation the command
 * @param before the user's files before it
 * @param after the user's files after it
 * @param fallbacks the user's files after it where the newest backups that it needs are gone, and
 *     an older one is taken
 * @param operations everything that it does to the file system, where that can be seen
 * @param trailBefore what the trail says before it
 * @param trailAfter the same after it
 */
record CleanRun(
    Operation operation,
    Snapshot before,
    Snapshot after,
    List<Snapshot> fallbacks,
    List<FileOperation> operations,
    TrailView trailBefore,
    TrailView trailAfter) {

  static CleanRun of(Operation operation, Sandbox prepared) throws IOException {
    List<Snapshot> fallbacks = fallbacks(operation, prepared);
    return of(operation, sandbox -> runTraced(operation, sandbox), fallbacks, prepared);
  }

  /** Types the command, and says what it did to the file system. */
  interface Traced {
    List<FileOperation> in(Sandbox sandbox) throws IOException;
  }

  /** The same of any command that is like an operation. */
  static CleanRun of(
      Operation operation, Traced command, List<Snapshot> fallbacks, Sandbox prepared)
      throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Snapshot before = Snapshot.of(sandbox);
      TrailView trailBefore = TrailView.of(sandbox);
      List<FileOperation> operations = command.in(sandbox);
      return new CleanRun(
          operation,
          before,
          Snapshot.of(sandbox),
          fallbacks,
          operations,
          trailBefore,
          TrailView.of(sandbox));
    }
  }

  /** Only what the command does to the file system. */
  static List<FileOperation> operations(Operation operation, Sandbox prepared) throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      return runTraced(operation, sandbox);
    }
  }

  private static List<FileOperation> runTraced(Operation operation, Sandbox sandbox)
      throws IOException {
    boolean plain = sandbox.root().getFileSystem() == FileSystems.getDefault();
    if (!plain) {
      sandbox.faults().trace(true);
      sandbox.faults().plan(FaultPlan.NONE);
    }
    Ending ending = operation.run(sandbox.services());
    sandbox.restart();
    if (ending.kind() != Ending.Kind.DONE) {
      throw new IllegalStateException("the clean run failed: " + ending);
    }
    if (plain) {
      return List.of();
    }
    sandbox.faults().trace(false);
    return sandbox.faults().traced();
  }

  private static List<Snapshot> fallbacks(Operation operation, Sandbox prepared)
      throws IOException {
    List<Snapshot> fallbacks = new ArrayList<>();
    if (!operation.restores()) {
      return fallbacks;
    }
    List<String> newestFirst = TrailView.of(prepared).backups().reversed();
    for (int gone = 1; gone < newestFirst.size(); gone++) {
      try (Sandbox sandbox = prepared.copy()) {
        Path backups = sandbox.home().directory().resolve("backups");
        for (String each : newestFirst.subList(0, gone)) {
          Files.move(backups.resolve(each), sandbox.root().resolve("gone-" + each));
        }
        if (operation.run(sandbox.services()).kind() == Ending.Kind.DONE) {
          sandbox.restart();
          fallbacks.add(Snapshot.of(sandbox));
        }
      }
    }
    return fallbacks;
  }

  /** How many operations change something. */
  long changes() {
    return operations.stream().filter(o -> o.kind().changes()).count();
  }
}
