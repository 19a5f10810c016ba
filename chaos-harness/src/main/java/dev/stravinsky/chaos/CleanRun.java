package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command does when nothing goes wrong.
 *
 * @param operation the command
 * @param before the user's files before it
 * @param after the user's files after it
 * @param fallback the user's files after it where the newest backup that it needs is gone, and an
 *     older one is taken
 * @param operations everything that it does to the file system
 * @param commitsBefore how many transactions the trail says were committed, before it
 * @param commitsAfter the same after it
 */
record CleanRun(
    Operation operation,
    Snapshot before,
    Snapshot after,
    Optional<Snapshot> fallback,
    List<FileOperation> operations,
    long commitsBefore,
    long commitsAfter) {

  static CleanRun of(Operation operation, Sandbox prepared) throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Snapshot before = Snapshot.of(sandbox);
      long commitsBefore = TrailView.of(sandbox).commits();
      List<FileOperation> operations = runTraced(operation, sandbox);
      return new CleanRun(
          operation,
          before,
          Snapshot.of(sandbox),
          fallback(operation, prepared),
          operations,
          commitsBefore,
          TrailView.of(sandbox).commits());
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
    sandbox.faults().trace(true);
    sandbox.faults().plan(FaultPlan.NONE);
    Ending ending = operation.run(sandbox.services());
    sandbox.restart();
    sandbox.faults().trace(false);
    if (ending.kind() != Ending.Kind.DONE) {
      throw new IllegalStateException("the clean run failed: " + ending);
    }
    return sandbox.faults().traced();
  }

  private static Optional<Snapshot> fallback(Operation operation, Sandbox prepared)
      throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Path newest = sandbox.home().directory().resolve("backups/v1@2");
      if (operation != Operation.ROLLBACK || !Files.exists(newest)) {
        return Optional.empty();
      }
      Files.move(newest, sandbox.root().resolve("gone"));
      operation.run(sandbox.services());
      sandbox.restart();
      return Optional.of(Snapshot.of(sandbox));
    }
  }

  /** How many operations change something. */
  long changes() {
    return operations.stream().filter(o -> o.kind().changes()).count();
  }
}
