package dev.stravinsky.files;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Linux's advisory locks: {@code F_OFD_SETLK} of the whole file and {@code flock}. Both belong to
 * the open file description, so each lease has a descriptor of its own, and two of one process
 * conflict.
 */
final class NativeLocks {
  private static final int OFD_GETLK = 36;
  private static final int OFD_SETLK = 37;
  private static final short READ_LOCK = 0;
  private static final short WRITE_LOCK = 1;
  private static final short UNLOCKED = 2;
  private static final int FLOCK_SHARED = 1;
  private static final int FLOCK_EXCLUSIVE = 2;
  private static final int FLOCK_NON_BLOCKING = 4;
  private static final int AGAIN = Os.current() == Os.MACOS ? 35 : 11; // EAGAIN, EWOULDBLOCK
  private static final long STRUCT_FLOCK_BYTES =
      32; // short, short, 4 free, long, long, int, 4 free
  private static final int ATTEMPTS = 100;

  /** How often this process holds each inode; every lease, since a probe meets them all. */
  private static final Map<Object, Integer> OWN = new ConcurrentHashMap<>();

  private static final NativeFunction FCNTL = NativeFunction.variadic("fcntl", 2);
  private static final NativeFunction FLOCK = NativeFunction.of("flock");

  private NativeLocks() {}

  static Optional<Lease> tryLock(Path file, LockMode mode) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Descriptor descriptor = open(file, mode);
      boolean keep = false;
      try {
        NativeFunction.Result result = recordLock(descriptor, OFD_SETLK, mode);
        if (result.failed()) {
          if (result.errno() == AGAIN || result.errno() == Libc.EACCES) {
            return Optional.empty();
          }
          throw Libc.failure(result.errno(), file);
        }
        // Whoever replaced or removed the file in between would lock another inode than we.
        Object locked = inode(descriptorPath(file, descriptor));
        if (locked.equals(inodeIfThere(file).orElse(""))) {
          keep = true;
          return Optional.of(lease(descriptor, locked));
        }
      } finally {
        if (!keep) {
          descriptor.close();
        }
      }
    }
    throw new FileSystemException(file.toString(), null, "is replaced again and again");
  }

  private static Descriptor open(Path file, LockMode mode) throws IOException {
    try {
      return Descriptor.readingAndWriting(file);
    } catch (FileSystemException e) {
      if (mode == LockMode.SHARED && Files.isReadable(file)) {
        return Descriptor.reading(file); // A reader of what it may not write.
      }
      throw e;
    }
  }

  static Optional<Lease> tryFlock(Path existing, LockMode mode) throws IOException {
    Descriptor descriptor = Descriptor.reading(existing);
    NativeFunction.Result result = flock(descriptor, mode);
    if (result.failed()) {
      descriptor.close();
      if (result.errno() == AGAIN) {
        return Optional.empty();
      }
      throw Libc.failure(result.errno(), existing);
    }
    return Optional.of(lease(descriptor, inode(existing)));
  }

  /** Takes nothing that anybody would miss: the question of fcntl, and flock for a moment. */
  static boolean lockedByOther(Path file) throws IOException {
    if (OWN.containsKey(inode(file))) {
      return false; // The probes cannot tell our own leases from others'.
    }
    try (Descriptor descriptor = Descriptor.reading(file)) {
      if (Os.current() == Os.LINUX && recordLockedByOther(descriptor, file)) {
        return true;
      }
      NativeFunction.Result result = flock(descriptor, LockMode.EXCLUSIVE);
      if (result.failed() && result.errno() != AGAIN) {
        throw Libc.failure(result.errno(), file);
      }
      return result.failed();
    }
  }

  private static boolean recordLockedByOther(Descriptor descriptor, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = wholeFile(arena, LockMode.EXCLUSIVE);
      NativeFunction.Result result = FCNTL.call(descriptor.number(), OFD_GETLK, lock.address());
      if (result.failed()) {
        throw Libc.failure(result.errno(), file);
      }
      return lock.get(JAVA_SHORT, 0) != UNLOCKED;
    }
  }

  private static NativeFunction.Result recordLock(
      Descriptor descriptor, int command, LockMode mode) {
    try (Arena arena = Arena.ofConfined()) {
      return FCNTL.call(descriptor.number(), command, wholeFile(arena, mode).address());
    }
  }

  private static NativeFunction.Result flock(Descriptor descriptor, LockMode mode) {
    int operation = mode == LockMode.SHARED ? FLOCK_SHARED : FLOCK_EXCLUSIVE;
    return FLOCK.call(descriptor.number(), operation | FLOCK_NON_BLOCKING);
  }

  /** From the start (zeros) to the end (zero as well), and no process id, as OFD locks want it. */
  private static MemorySegment wholeFile(Arena arena, LockMode mode) {
    MemorySegment lock = arena.allocate(STRUCT_FLOCK_BYTES, Long.BYTES);
    lock.set(JAVA_SHORT, 0, mode == LockMode.SHARED ? READ_LOCK : WRITE_LOCK);
    return lock;
  }

  private static Lease lease(Descriptor descriptor, Object inode) {
    OWN.merge(inode, 1, Integer::sum);
    return new DescriptorLease(descriptor, inode);
  }

  private static Object inode(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static Optional<Object> inodeIfThere(Path file) throws IOException {
    try {
      return Optional.of(inode(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Path descriptorPath(Path file, Descriptor descriptor) {
    return file.getFileSystem().getPath("/proc/self/fd/" + descriptor.number());
  }

  /** Closing the descriptor frees the lock. */
  private record DescriptorLease(Descriptor descriptor, Object inode) implements Lease {
    @Override
    public void close() {
      if (descriptor.closeOnce()) {
        OWN.compute(inode, (key, held) -> held == null || held == 1 ? null : held - 1);
      }
    }
  }
}
