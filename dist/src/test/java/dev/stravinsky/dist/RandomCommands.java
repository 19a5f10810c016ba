package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Types random commands that change something, one after the other, until a time is over, but a few
 * in any case.
 *
 * <p>Allowed are the exit statuses 0, 6 (the others had the lock for longer than this one waits)
 * and 7 of an undo, when there is nothing more to undo. Nothing else: nobody but these commands
 * changes files, so nothing is blocked (4), and a recovery finds what it asks for.
 */
final class RandomCommands implements Callable<Map<Integer, Integer>> {
  private static final long HANGS_SECONDS = 60;
  private static final int AT_LEAST = 4;

  private final User user;
  private final Map<String, Path> releases;
  private final Random random;
  private final long endNanos;
  private final Path output;
  private final Map<String, String> variables;

  /**
   * @param output where a command's output goes while it runs
   * @param lockSeconds how long each waits for the others
   */
  RandomCommands(
      User user,
      Map<String, Path> releases,
      long seed,
      long endNanos,
      Path output,
      int lockSeconds) {
    this.user = user;
    this.releases = releases;
    this.random = new Random(seed);
    this.endNanos = endNanos;
    this.output = output;
    this.variables = new HashMap<>(user.variables());
    variables.put("STRAVINSKY_SAFETY_LOCK_TIMEOUT_SECONDS", String.valueOf(lockSeconds));
  }

  /** How often each exit status came. */
  @Override
  public Map<Integer, Integer> call() throws IOException, InterruptedException {
    Map<Integer, Integer> statuses = new HashMap<>();
    for (int i = 0; i < AT_LEAST || System.nanoTime() < endNanos; i++) {
      List<String> words = next();
      int status = run(words);
      boolean allowed = status == 0 || status == 6 || status == 7 && words.contains("undo");
      if (!allowed) {
        throw new AssertionError(words + " ended with " + status + ": " + Files.readString(output));
      }
      statuses.merge(status, 1, Integer::sum);
    }
    return statuses;
  }

  private List<String> next() {
    String version = List.copyOf(releases.keySet()).get(random.nextInt(releases.size()));
    String file = user.claude().resolve("hooks/guard.py").toString();
    int choice = random.nextInt(100);
    if (choice < 35) {
      String release = releases.get(version).toString();
      return List.of("update", release, "--version", version, "--on-conflict", "take");
    }
    if (choice < 60) {
      return List.of("rollback", "to", version);
    }
    if (choice < 70) {
      return List.of("rollback", "undo");
    }
    if (choice < 76) {
      return List.of("recovery", "file", file);
    }
    if (choice < 84) {
      return List.of("recovery", "file", file, version);
    }
    return choice < 92
        ? List.of("recovery", "directory", user.claude().resolve("hooks").toString(), version)
        : List.of("recovery", "version", version);
  }

  private int run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Distribution.launcher().toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(HANGS_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(words + " hangs:\n" + threads(process));
    }
    return process.exitValue();
  }

  /** The virtual machine writes its threads' stacks to its output when it gets this signal. */
  private String threads(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
    TimeUnit.SECONDS.sleep(2);
    process.destroyForcibly().waitFor();
    return Files.readString(output);
  }
}
