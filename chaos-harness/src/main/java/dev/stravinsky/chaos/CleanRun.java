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
 * @param before the user's files before it
 * @param after the user's files after it
 * @param fallback the user's files after it where the newest backup that it needs is gone, and an
 *     older one is taken
 * @param operations everything that it does to the file system
 */
record CleanRun(
    Snapshot before, Snapshot after, Optional<Snapshot> fallback, List<FileOperation> operations) {

  static CleanRun of(Operation operation, Sandbox prepared) throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Snapshot before = Snapshot.of(sandbox);
      sandbox.faults().trace(true);
      sandbox.faults().plan(FaultPlan.NONE);
      Ending ending = operation.run(sandbox.services());
      sandbox.restart();
      sandbox.faults().trace(false);
      List<FileOperation> operations = sandbox.faults().traced();
      if (ending.kind() != Ending.Kind.DONE) {
        throw new IllegalStateException("the clean run failed: " + ending);
      }
      return new CleanRun(before, Snapshot.of(sandbox), fallback(operation, prepared), operations);
    }
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
