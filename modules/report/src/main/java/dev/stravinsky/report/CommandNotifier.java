package dev.stravinsky.report;

import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command, which gets {@link NotificationJson} on its standard input and the text in {@code
 * STRAVINSKY_NOTIFICATION}. A status other than 0 is a failure. Its output goes nowhere.
 */
final class CommandNotifier implements Notifier {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final List<String> words;

  CommandNotifier(List<String> words) {
    this.words = words;
  }

  /** Its first word: the others may hold a password. */
  @Override
  public String id() {
    return "command " + words.getFirst();
  }

  @Override
  public void send(Notification notification, Cancellation cancellation) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("STRAVINSKY_NOTIFICATION", NotificationJson.text(notification));
    builder.environment().put("STRAVINSKY_EVENT", notification.event());
    Process process = builder.start();
    try {
      tell(process, NotificationJson.of(notification));
      int status = waitFor(process, cancellation);
      if (status != 0) {
        throw new IOException(words.getFirst() + " ended with status " + status);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void tell(Process process, String json) {
    try (OutputStream in = process.getOutputStream()) {
      in.write((json + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A command need not read what it is told; its status counts.
    }
  }

  private int waitFor(Process process, Cancellation cancellation) throws Exception {
    long giveUp = System.nanoTime() + TIME_LIMIT.toNanos();
    while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      if (cancellation.requested() || System.nanoTime() - giveUp > 0) {
        throw new IOException(words.getFirst() + " did not end within its time limit");
      }
    }
    return process.exitValue();
  }
}
