package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.SandboxClock;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A world in which an operation's command is about to be typed, and what comes of it when nothing
 * goes wrong. Its clock stands still, so that the same trial does the same things each time.
 */
final class World implements AutoCloseable {
  private final Operation operation;
  private final Ground ground;
  private final Sandbox prepared;
  private final CleanRun clean;

  private World(Operation operation, Ground ground, Sandbox prepared, CleanRun clean) {
    this.operation = operation;
    this.ground = ground;
    this.prepared = prepared;
    this.clean = clean;
  }

  static World of(Operation operation) throws IOException {
    return of(operation, Ground.MEMORY);
  }

  static World of(Operation operation, Ground ground) throws IOException {
    return of(operation, ground, operation::prepare);
  }

  /** One that was prepared in another way than the operation's own. */
  static World of(Operation operation, Ground ground, Operation.Preparing preparation)
      throws IOException {
    return of(operation, ground, preparation, ground.open(operation.id()));
  }

  /** A world on the disk itself, where SQLite works and nothing is refused or written down. */
  static World plain(Operation operation, Path emptyDirectory) throws IOException {
    Sandbox sandbox = Sandbox.onDisk(emptyDirectory);
    // As in memory: what scripts name can be found, and no check waits for an interpreter.
    for (String program : List.of("python3", "sh", "bash", "node", "git")) {
      sandbox.withCommand(program);
    }
    sandbox.withVariable("PATH", sandbox.binaries().toString());
    return of(operation, Ground.MEMORY, operation::prepare, sandbox);
  }

  private static World of(
      Operation operation, Ground ground, Operation.Preparing preparation, Sandbox prepared)
      throws IOException {
    prepared.clock().stopAt(SandboxClock.START);
    rejuvenate(prepared.root());
    preparation.prepare(prepared);
    prepared.restart();
    prepared.clock().stopAt(SandboxClock.START.plus(operation.later()));
    return new World(operation, ground, prepared, CleanRun.of(operation, prepared));
  }

  /** What was made by a clock that ran is as old in each world: backups keep times. */
  static void rejuvenate(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        Files.getFileAttributeView(each, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setTimes(FileTime.from(SandboxClock.START), null, null);
      }
    }
  }

  /** Whether what is done can be written down as changes to inodes. */
  boolean canBeRecorded() {
    return !ground.isDisk();
  }

  Operation operation() {
    return operation;
  }

  /** The original, which nobody may change. */
  Sandbox prepared() {
    return prepared;
  }

  CleanRun clean() {
    return clean;
  }

  /** For one trial. */
  Sandbox copy() throws IOException {
    synchronized (prepared) {
      return prepared.copy();
    }
  }

  /** The same world with what a power cut left of its files; nothing is counted yet. */
  Sandbox on(DiskImage disk) throws IOException {
    return on(disk, prepared);
  }

  /** A world like another one, but with those files. */
  static Sandbox on(DiskImage disk, Sandbox like) throws IOException {
    FaultFileSystem files = disk.open();
    rejuvenate(files.getPath("/"));
    files.plan(FaultPlan.NONE);
    return like.on(files);
  }

  /** The clean run once more, as changes to inodes: every moment at which the power can go. */
  List<CrashPoint> crashPoints() throws IOException {
    try (Sandbox sandbox = copy()) {
      CrashRecording recording = CrashRecording.begin(sandbox.faults());
      Ending ending = operation.run(sandbox.services());
      sandbox.restart();
      List<CrashPoint> points = recording.end();
      if (ending.kind() != Ending.Kind.DONE) {
        throw new IllegalStateException("the recorded run failed: " + ending);
      }
      return points;
    }
  }

  @Override
  public void close() throws IOException {
    prepared.close();
  }
}
