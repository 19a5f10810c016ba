package dev.stravinsky.chaos;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Other programs that hold locks on the user's files, as editors and mail programs do. */
final class ForeignLocks {
  private ForeignLocks() {}

  /** What the JDK's channels and {@code lockf} take. */
  static Fault posix() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (Path file : live(prepared, false)) {
            strikes.add(new Posix(file.toString(), false, new ArrayDeque<>()));
            strikes.add(new Posix(file.toString(), true, new ArrayDeque<>()));
          }
          return strikes;
        },
        Fault.Aftermath.HEALS);
  }

  /** What {@code flock} takes, of directories too. */
  static Fault flock() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (Path each : live(prepared, true)) {
            for (LockMode mode : LockMode.values()) {
              boolean ofTargets = each.equals(prepared.claude()) && mode == LockMode.EXCLUSIVE;
              strikes.add(new Flock(each.toString(), mode, ofTargets, new ArrayDeque<>()));
            }
          }
          return strikes;
        },
        Fault.Aftermath.HEALS);
  }

  private static List<Path> live(Sandbox prepared, boolean directories) throws IOException {
    try (Stream<Path> all = Files.walk(prepared.claude())) {
      return all.filter(
              each ->
                  Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                      || directories && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  /** A lock of a process that has the file open. */
  private record Posix(String file, boolean shared, Deque<FileLock> taken) implements Strike {
    @Override
    public String position() {
      return (shared ? "shared on " : "exclusively on ") + file;
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      taken.clear();
      FaultFileSystem other = sandbox.faults().otherProcess();
      FileChannel channel =
          FileChannel.open(other.getPath(file), StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      if (lock != null) {
        taken.push(lock);
      }
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return taken.size() == 1;
    }

    @Override
    public void disarm(Sandbox sandbox) throws IOException {
      taken.pop().acquiredBy().close();
    }
  }

  /**
   * A lock of an open file, which also a directory can have.
   *
   * @param ofTargets whether it keeps everybody else from changing what is in the targets
   */
  private record Flock(String file, LockMode mode, boolean ofTargets, Deque<Lease> taken)
      implements Strike {
    @Override
    public boolean forbids(Operation operation) {
      return ofTargets && operation.exchangesFiles();
    }

    @Override
    public String position() {
      return mode + " on " + file;
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      taken.clear();
      Path path = sandbox.faults().getPath(file);
      sandbox.otherEnvironment().platform().tryFlock(path, mode).ifPresent(taken::push);
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return taken.size() == 1;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      taken.pop().close();
    }
  }
}
