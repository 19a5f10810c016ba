package dev.stravinsky.testkit.fs;

import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.fs.LockTable.Range;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the JDK in one process believes of its locks. It refuses to lock twice what it thinks it
 * holds, and does not notice that the kernel freed a lock when another descriptor of the file was
 * closed.
 */
final class ChannelLocks {
  private final LockTable kernel;
  private final List<ChannelLock> believed = new ArrayList<>();

  ChannelLocks(LockTable kernel) {
    this.kernel = kernel;
  }

  /** The lock, or nothing if another process has one. */
  synchronized Optional<FileLock> tryLock(
      FileChannel channel, Object inode, Range range, boolean shared) {
    if (believed.stream().anyMatch(b -> b.inode.equals(inode) && b.range.overlaps(range))) {
      throw new OverlappingFileLockException();
    }
    LockMode mode = shared ? LockMode.SHARED : LockMode.EXCLUSIVE;
    return kernel
        .tryAcquire(LockTable.Kind.POSIX, inode, range, mode, this)
        .map(held -> believe(new ChannelLock(channel, inode, range, shared, held)));
  }

  private ChannelLock believe(ChannelLock lock) {
    believed.add(lock);
    return lock;
  }

  /** A channel of this process was closed. */
  synchronized void closed(FileChannel channel, Object inode) {
    kernel.closed(inode, this);
    believed.removeIf(lock -> lock.acquiredBy() == channel);
  }

  /** The process was killed. */
  synchronized void clear() {
    believed.clear();
  }

  private synchronized void released(ChannelLock lock) {
    believed.remove(lock);
    lock.held.close();
  }

  private synchronized boolean believes(ChannelLock lock) {
    return believed.contains(lock);
  }

  private final class ChannelLock extends FileLock {
    private final Object inode;
    private final Range range;
    private final LockTable.Held held;

    ChannelLock(FileChannel file, Object inode, Range range, boolean shared, LockTable.Held held) {
      super(file, range.first(), range.length(), shared);
      this.inode = inode;
      this.range = range;
      this.held = held;
    }

    @Override
    public boolean isValid() {
      return believes(this);
    }

    @Override
    public void release() {
      released(this);
    }
  }
}
