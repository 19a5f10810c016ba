package dev.stravinsky.validator.external;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that serves checks: connected by pipes only, never to the terminal. What it says on
 * standard error is read all the time, so that it never waits, and its end is kept.
 */
final class ChildProcess {
  /** Set by {@code --debug}. */
  private static final String DEBUG = "stravinsky.debug";

  private static final int KEPT_BYTES = 16 * 1024;

  private final Process process;
  private final Thread errors;

  private final StringBuilder errorTail = new StringBuilder();

  private ChildProcess(Process process, String name) {
    this.process = process;
    this.errors = Thread.ofPlatform().daemon().name(name + " errors").start(this::readErrors);
  }

  /**
   * Starts a process.
   *
   * @param variables its whole environment
   */
  static ChildProcess start(
      String name, List<String> command, Path directory, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return new ChildProcess(OwnProcesses.start(builder), name);
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Waits as long as it may take; whether the process has ended. */
  boolean ended(Duration wait) throws InterruptedException {
    return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  long processId() {
    return process.pid();
  }

  /** The exit status of a process that has ended. */
  int exitStatus() {
    return process.exitValue();
  }

  /** Kills it and all that it has started; nothing if it has ended. */
  void kill() {
    OwnProcesses.kill(process);
  }

  /** The last line of its standard error, if it said anything; waits a little for a dead one's. */
  Optional<String> lastWords() {
    try {
      errors.join(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (errorTail) {
      List<String> lines = errorTail.toString().lines().filter(l -> !l.isBlank()).toList();
      return lines.isEmpty() ? Optional.empty() : Optional.of(PlainText.line(lines.getLast()));
    }
  }

  @SuppressWarnings("SystemOut")
  private static void show(String text) {
    if (Boolean.getBoolean(DEBUG)) {
      System.err.print(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""));
    }
  }

  private void readErrors() {
    byte[] buffer = new byte[4096];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String text = new String(buffer, 0, n, StandardCharsets.UTF_8);
        show(text);
        synchronized (errorTail) {
          errorTail.append(text);
          errorTail.delete(0, Math.max(0, errorTail.length() - KEPT_BYTES));
        }
      }
    } catch (IOException e) {
      // The process was killed while we read: there is nothing more to hear.
      return;
    }
  }
}
