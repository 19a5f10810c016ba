package dev.stravinsky.testkit.fs;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The locks of one file system, by inode. Record locks and {@code flock} do not see each other. */
final class LockTable {
  /** The owner of locks that were taken through the JDK's channels, which know no process. */
  static final Object JDK = new Object();

  private final List<Held> held = new ArrayList<>();

  /** The two kinds of advisory locks. */
  enum Kind {
    RECORD,
    FLOCK
  }

  /** What the lock is on: the inode, not the name. */
  static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** A lock of the open file description: another one conflicts, in the same process too. */
  synchronized Optional<Held> tryAcquire(Kind kind, Object key, LockMode mode, Object process) {
    for (Held other : held) {
      boolean conflicts = other.mode == LockMode.EXCLUSIVE || mode == LockMode.EXCLUSIVE;
      if (other.kind == kind && other.key.equals(key) && conflicts) {
        return Optional.empty();
      }
    }
    Held lease = new Held(kind, key, mode, process);
    held.add(lease);
    return Optional.of(lease);
  }

  synchronized boolean heldBy(Object key, Object process) {
    return held.stream().anyMatch(h -> h.key.equals(key) && h.process == process);
  }

  synchronized boolean heldByOther(Object key, Object process) {
    return held.stream().anyMatch(h -> h.key.equals(key) && h.process != process);
  }

  /** A process ended: its locks are free. */
  synchronized void end(Object process) {
    held.removeIf(h -> h.process == process);
  }

  synchronized void clear() {
    held.clear();
  }

  private synchronized void release(Held lease) {
    held.remove(lease);
  }

  private synchronized boolean isHeld(Held lease) {
    return held.contains(lease);
  }

  /** A lock that was taken. */
  final class Held implements Lease {
    private final Kind kind;
    private final Object key;
    private final LockMode mode;
    private final Object process;

    private Held(Kind kind, Object key, LockMode mode, Object process) {
      this.kind = kind;
      this.key = key;
      this.mode = mode;
      this.process = process;
    }

    boolean isHeld() {
      return LockTable.this.isHeld(this);
    }

    @Override
    public void close() {
      release(this);
    }
  }
}
