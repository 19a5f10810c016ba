package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.platform.LockOwner;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.files.Durable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The home's lock, and the {@code flock} of each directory that holds targets, since two homes can
 * share a project. A thread that holds it may take it again.
 */
final class HomeLock {
  private static final long POLL_MILLIS = 50;

  private final Environment environment;
  private final OwnerFile ownerFile;
  private final Set<Path> locked = new HashSet<>();
  private Optional<Thread> holder = Optional.empty();
  private LockMode held = LockMode.SHARED;
  private int depth;

  HomeLock(Environment environment) {
    this.environment = environment;
    this.ownerFile = new OwnerFile(environment);
  }

  /** Takes everything or nothing, waiting as long as {@code patience}. */
  synchronized Lease take(Collection<Target> targets, LockMode mode, Duration patience)
      throws IOException {
    if (mode == LockMode.EXCLUSIVE) {
      Durable.createDirectories(environment.home().directory());
    }
    boolean again = depth > 0 && holder.filter(Thread.currentThread()::equals).isPresent();
    if (again && held == LockMode.SHARED && mode == LockMode.EXCLUSIVE) {
      throw new IllegalStateException("a shared lock cannot become an exclusive one");
    }
    long deadline = System.nanoTime() + patience.toNanos();
    Deque<Lease> leases = new ArrayDeque<>();
    Set<Path> taken = new HashSet<>();
    try {
      if (!again) {
        acquireHome(mode, deadline, leases);
      }
      for (Path directory : directories(targets)) {
        if (!locked.contains(directory)) {
          acquireDirectory(directory, mode, deadline, leases);
          taken.add(directory);
        }
      }
    } catch (IOException | RuntimeException e) {
      leases.forEach(Lease::close);
      throw e;
    }
    if (!again) {
      holder = Optional.of(Thread.currentThread());
      held = mode;
      ownerFile.write();
    }
    locked.addAll(taken);
    depth++;
    return new Held(leases, taken);
  }

  /**
   * Refuses what needs the lock to a thread that does not hold it.
   *
   * @throws IllegalStateException naming what is not locked: the caller has forgotten it
   */
  synchronized void requireExclusive(Collection<Target> targets) throws IOException {
    if (!isHeldExclusively()) {
      throw new IllegalStateException(
          environment.home().lock() + " is not held exclusively by this thread");
    }
    for (Path directory : directories(targets)) {
      if (!locked.contains(directory)) {
        throw new IllegalStateException(directory + ", where a target is, is not locked");
      }
    }
  }

  /** Whether this thread holds it, and nobody else reads meanwhile. */
  synchronized boolean isHeldExclusively() {
    boolean mine = depth > 0 && holder.filter(Thread.currentThread()::equals).isPresent();
    return mine && held == LockMode.EXCLUSIVE;
  }

  /** Keeps others from beginning anything until it is closed; empty if somebody has begun. */
  synchronized Optional<Lease> whileNobodyElseHoldsIt() throws IOException {
    if (depth > 0) {
      return Optional.of(() -> {});
    }
    try {
      return environment.platform().tryLock(environment.home().lock(), LockMode.SHARED);
    } catch (IOException e) {
      if (IoProblems.kind(e) != ErrorKind.PERMISSION_DENIED
          && Presence.isDirectory(environment.home().directory())) {
        throw e; // No lock to be had is an error: whoever goes on without one proves nothing.
      }
      // A home that cannot be written can still be looked at, and nobody can change it.
      return Optional.of(() -> {});
    }
  }

  private void acquireHome(LockMode mode, long deadline, Deque<Lease> leases) throws IOException {
    Path lock = environment.home().lock();
    while (true) {
      if (mode == LockMode.SHARED && isUntouchable(lock)) {
        return;
      }
      Optional<Lease> lease = environment.platform().tryLock(lock, mode);
      if (lease.isPresent()) {
        leases.push(lease.get());
        return;
      }
      if (System.nanoTime() >= deadline) {
        throw new LockHeldException(lock, ownerFile.read());
      }
      pause();
    }
  }

  /** Nothing was ever locked there, and nothing can be: a reader needs no protection. */
  private static boolean isUntouchable(Path lock) throws IOException {
    return !Presence.exists(lock) && !Files.isWritable(lock.getParent());
  }

  private void acquireDirectory(Path directory, LockMode mode, long deadline, Deque<Lease> leases)
      throws IOException {
    while (true) {
      Optional<Lease> lease;
      try {
        lease = environment.platform().tryFlock(directory, mode);
      } catch (UnsupportedOperationException e) {
        return; // The system has no such locks, so no other command of it takes one.
      }
      if (lease.isPresent()) {
        leases.push(lease.get());
        return;
      }
      if (System.nanoTime() >= deadline) {
        throw new LockHeldException(directory, Optional.<LockOwner>empty());
      }
      pause();
    }
  }

  /** In one order, each once: two names of a place are one place. */
  private static Set<Path> directories(Collection<Target> targets) throws IOException {
    Set<Path> directories = new TreeSet<>();
    for (Target target : targets) {
      Path parent = target.isTree() ? target.root().getParent() : target.root();
      if (parent != null && Presence.isDirectory(parent)) {
        directories.add(parent.toRealPath());
      }
    }
    return directories;
  }

  /** Lets another thread of this process in meanwhile, which may be the one to give it back. */
  private synchronized void pause() throws InterruptedIOException {
    long until = System.nanoTime() + Duration.ofMillis(POLL_MILLIS).toNanos();
    try {
      for (long left = POLL_MILLIS; left > 0; left = millisUntil(until)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the lock");
    }
  }

  private static long millisUntil(long nanoTime) {
    return Duration.ofNanos(nanoTime - System.nanoTime()).toMillis();
  }

  private synchronized void release(Held lease) {
    depth--;
    locked.removeAll(lease.directories);
    if (depth == 0) {
      ownerFile.remove();
      holder = Optional.empty();
    }
    lease.leases.forEach(Lease::close);
  }

  /** What one call took; closed once. */
  private final class Held implements Lease {
    private final Deque<Lease> leases;
    private final Set<Path> directories;
    private boolean closed;

    Held(Deque<Lease> leases, Set<Path> directories) {
      this.leases = leases;
      this.directories = directories;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(this);
      }
    }
  }
}
