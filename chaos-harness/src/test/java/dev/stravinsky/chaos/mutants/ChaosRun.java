package dev.stravinsky.chaos.mutants;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code stravinsky chaos run --suite ci --fail-fast} in a process of its own, so that it loads the
 * classes of one mutant and nothing of another's.
 *
 * @param json its report
 */
record ChaosRun(JsonNode json) {
  private static final String MAIN = "dev.stravinsky.chaos.Main";

  /**
   * Runs the cells that are like a pattern.
   *
   * @throws IllegalStateException if there is no report: the harness itself failed
   */
  static ChaosRun of(String classPath, String only, long seed, Path folder) throws IOException {
    Path log = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmn400m",
                "-Dstravinsky.patience=" + System.getProperty("stravinsky.patience", "3"),
                "-cp",
                classPath,
                MAIN,
                "run",
                "--suite",
                "ci",
                "--fail-fast",
                "--seed",
                Long.toString(seed),
                "--only",
                only,
                "--report",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    Path report = folder.resolve("chaos.json");
    if (!Files.exists(report)) {
      throw new IllegalStateException("no report: " + Files.readString(log));
    }
    ChaosRun run = new ChaosRun(JsonMapper.shared().readTree(report));
    Files.delete(report);
    return run;
  }

  /** How many faults took place. */
  int injected() {
    return json.get("injected").intValue();
  }

  /** What did not hold first. */
  Optional<Finding> finding() {
    return StreamSupport.stream(json.get("cells").spliterator(), false)
        .flatMap(cell -> StreamSupport.stream(cell.get("failures").spliterator(), false))
        .filter(failure -> !failure.get("violations").isEmpty())
        .map(
            failure ->
                new Finding(
                    failure.get("id").stringValue(),
                    failure.get("place").stringValue(),
                    failure.get("violations").get(0).stringValue()))
        .filter(finding -> !finding.isOfTheHarness())
        .findFirst();
  }

  /**
   * A scenario that noticed something.
   *
   * @param id by which it is replayed
   */
  record Finding(String id, String place, String violation) {
    boolean isOfTheHarness() {
      return violation.startsWith("the harness itself failed");
    }
  }

  /** Those of several patterns. */
  static String anyOf(List<String> cells) {
    return cells.size() == 1 ? cells.getFirst() : "{" + String.join(",", cells) + "}";
  }
}
