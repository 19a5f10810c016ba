package dev.stravinsky.report;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import java.time.Duration;
import java.util.Optional;

/** One notification on its way to one receiver, on a thread of its own. */
final class Delivery {
  private static final int ATTEMPTS = 3;
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private final Notifier notifier;
  private final Notification notification;
  private final Thread thread;
  private volatile boolean cancelled;
  private volatile boolean delivered;
  private volatile String problem = "not delivered within the time limit";

  Delivery(Notifier notifier, Notification notification) {
    this.notifier = notifier;
    this.notification = notification;
    // A daemon: a receiver that hangs must not keep the process.
    this.thread = Thread.ofPlatform().daemon().name("notify").unstarted(this::deliver);
  }

  void start() {
    thread.start();
  }

  String id() {
    return notifier.id();
  }

  Notification notification() {
    return notification;
  }

  /** Waits until it has ended, at most so long; then it is cut off. */
  void await(Duration patience) {
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancelled = true;
    thread.interrupt();
  }

  /** Why it was not delivered. */
  Optional<String> failure() {
    return delivered ? Optional.empty() : Optional.of(problem);
  }

  private void deliver() {
    long giveUp = System.nanoTime() + TIME_LIMIT.toNanos();
    Cancellation over = () -> cancelled || System.nanoTime() - giveUp > 0;
    for (int attempt = 1; attempt <= ATTEMPTS && !over.requested(); attempt++) {
      try {
        notifier.send(notification, over);
        delivered = true;
        return;
      } catch (RefusedByReceiverException e) {
        problem = sentence(e);
        return; // It would be refused again.
      } catch (InterruptedException e) {
        return;
      } catch (Exception | LinkageError e) {
        problem = sentence(e);
      }
      if (!pause(FIRST_PAUSE_MILLIS << 2 * (attempt - 1))) {
        return;
      }
    }
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return Redaction.of(message == null ? failure.getClass().getSimpleName() : message);
  }
}
