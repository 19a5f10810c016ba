package dev.stravinsky.cli.command;

import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Cause;
import dev.stravinsky.api.update.GuardRequest.Ended;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command on this process's own input and output. A signal that would end this process ends the
 * command instead; this process goes on until what the command did is decided.
 */
final class GuardedProcess implements GuardRequest.Program {
  /** What the launcher calls variables that are not for this program. */
  private static final String KEPT = "STRAVINSKY_KEPT_";

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final List<String> words;
  private final Optional<Duration> limit;
  private volatile boolean interrupted;
  private volatile Optional<Process> running = Optional.empty();

  GuardedProcess(List<String> words, Optional<Duration> limit) {
    this.words = List.copyOf(words);
    this.limit = limit;
  }

  @Override
  public Ended run(Map<String, String> variables) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    giveBack(builder.environment());
    builder.environment().putAll(variables);
    Thread guard = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> passOn(guard), "guarded command's signals"));
    Process process = builder.start();
    running = Optional.of(process);
    try {
      if (interrupted) {
        end(process); // The signal came before there was anything to pass it on to.
      }
      Cause cause = Cause.ITSELF;
      if (limit.isEmpty()) {
        process.waitFor();
      } else if (!process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS)) {
        cause = Cause.TIMED_OUT;
        end(process);
      }
      return new Ended(process.exitValue(), interrupted ? Cause.INTERRUPTED : cause);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the command ran");
    }
  }

  /** The variables that the launcher has put aside for this program; empty ones were not there. */
  static void giveBack(Map<String, String> environment) {
    for (String name : List.copyOf(environment.keySet())) {
      if (name.startsWith(KEPT)) {
        String value = environment.remove(name);
        String original = name.substring(KEPT.length());
        if (value.isEmpty()) {
          environment.remove(original);
        } else {
          environment.put(original, value);
        }
      }
    }
  }

  /** In a shutdown hook: this process ends when it returns. */
  private void passOn(Thread guard) {
    interrupted = true;
    running.ifPresent(
        process -> {
          try {
            end(process);
          } catch (InterruptedException e) {
            process.destroyForcibly();
          }
        });
    try {
      guard.join(); // Until everything is back; it halts the virtual machine itself then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it and what it started to end, and ends what does not. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + GRACE.toNanos();
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
      if (!process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(20); // Only what it started is left to be waited for.
      }
    }
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }
}
