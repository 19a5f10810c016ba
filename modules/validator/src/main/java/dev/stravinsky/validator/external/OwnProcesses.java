package dev.stravinsky.validator.external;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The processes that end with this one. A signal that ends the command does not reach them, and may
 * come at any moment: also when one already runs and the call that started it has not returned.
 */
final class OwnProcesses {
  /** Whoever starts one reads; whoever ends all writes, and lets nobody start another. */
  private static final ReadWriteLock STARTS = new ReentrantReadWriteLock();

  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();

  private OwnProcesses() {}

  static Process start(ProcessBuilder builder) throws IOException {
    if (HOOKED.compareAndSet(false, true)) {
      endWithThisOne();
    }
    STARTS.readLock().lock();
    try {
      Process process = builder.start();
      LIVE.add(process);
      return process;
    } finally {
      STARTS.readLock().unlock();
    }
  }

  private static void endWithThisOne() throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(OwnProcesses::endAll, "own processes"));
    } catch (IllegalStateException e) {
      throw new IOException("the command is ending", e);
    }
  }

  @SuppressWarnings("LockNotBeforeTry") // It is never given back: nothing starts any more.
  private static void endAll() {
    STARTS.writeLock().lock();
    LIVE.forEach(OwnProcesses::killWithDescendants);
  }

  /** Kills it and all that it has started; nothing if it has ended. */
  static void kill(Process process) {
    killWithDescendants(process);
    LIVE.remove(process);
  }

  private static void killWithDescendants(Process process) {
    // Before their parent is gone: nobody can tell afterwards whose they were.
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
