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

/** The locks of one file system, by inode, as the kernel keeps them. */
final class LockTable {
  private final List<Held> held = new ArrayList<>();
  private final List<ChannelLocks> processes = new ArrayList<>();

  /**
   * The kinds of advisory locks. Those on records see each other, {@code flock} sees only itself.
   */
  enum Kind {
    /** Of a process: {@code F_SETLK}, which is what the JDK's channels take. */
    POSIX,
    /** Of an open file: {@code F_OFD_SETLK}. */
    OPEN_FILE,
    FLOCK
  }

  /** Bytes of a file. */
  record Range(long first, long length) {
    static final Range ALL = new Range(0, Long.MAX_VALUE);

    boolean overlaps(Range other) {
      return end() > other.first && other.end() > first;
    }

    private long end() {
      return length > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + length;
    }
  }

  /** A process that takes locks through the JDK's channels. */
  synchronized ChannelLocks newProcess() {
    ChannelLocks process = new ChannelLocks(this);
    processes.add(process);
    return process;
  }

  /** What the lock is on: the inode, not the name. */
  static Object key(Path file) throws IOException {
    Path real = file instanceof FaultPath ours ? ours.delegate() : file;
    return Files.readAttributes(real, BasicFileAttributes.class).fileKey();
  }

  /** Takes a lock of the whole file, or nothing if it would have to wait. */
  Optional<Held> tryAcquire(Kind kind, Object key, LockMode mode, Object process) {
    return tryAcquire(kind, key, Range.ALL, mode, process);
  }

  /** Takes a lock, or nothing if it would have to wait. */
  synchronized Optional<Held> tryAcquire(
      Kind kind, Object key, Range range, LockMode mode, Object process) {
    Held lease = new Held(kind, key, range, mode, process);
    if (held.stream().anyMatch(lease::conflictsWith)) {
      return Optional.empty();
    }
    held.add(lease);
    return Optional.of(lease);
  }

  synchronized boolean heldByOther(Object key, Object process) {
    return held.stream().anyMatch(h -> h.key.equals(key) && h.process != process);
  }

  /**
   * A process closed a descriptor of the file, any one: all its POSIX locks there are free, and
   * nobody tells it.
   */
  synchronized void closed(Object key, Object process) {
    held.removeIf(h -> h.kind == Kind.POSIX && h.process == process && h.key.equals(key));
  }

  /** A process ended: its locks are free. */
  synchronized void end(Object process) {
    held.removeIf(h -> h.process == process);
  }

  /** All processes ended. */
  void clear() {
    List<ChannelLocks> ended;
    synchronized (this) {
      held.clear();
      ended = List.copyOf(processes);
    }
    ended.forEach(ChannelLocks::clear); // Not under our own lock: they take theirs first.
  }

  private synchronized void release(Held lease) {
    held.remove(lease);
  }

  /** A lock that was taken. */
  final class Held implements Lease {
    private final Kind kind;
    private final Object key;
    private final Range range;
    private final LockMode mode;
    private final Object process;

    private Held(Kind kind, Object key, Range range, LockMode mode, Object process) {
      this.kind = kind;
      this.key = key;
      this.range = range;
      this.mode = mode;
      this.process = process;
    }

    private boolean conflictsWith(Held other) {
      boolean sameFamily = (kind == Kind.FLOCK) == (other.kind == Kind.FLOCK);
      boolean ofOneProcess =
          kind == Kind.POSIX && other.kind == Kind.POSIX && process == other.process;
      boolean exclusive = mode == LockMode.EXCLUSIVE || other.mode == LockMode.EXCLUSIVE;
      return sameFamily
          && !ofOneProcess
          && exclusive
          && key.equals(other.key)
          && range.overlaps(other.range);
    }

    @Override
    public void close() {
      release(this);
    }
  }
}
