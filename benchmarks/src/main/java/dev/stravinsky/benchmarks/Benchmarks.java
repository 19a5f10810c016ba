package dev.stravinsky.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and writes JMH's JSON. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Which, and how often. */
  enum Run {
    /** Each once in this process with little to do, to see that it works. */
    QUICK,
    /** The two smaller trees, and a trail of a million events. */
    FULL,
    /** A tree of 50,000 files. */
    LARGE,
    /** What each level of compression costs and saves, with a table. */
    LEVELS
  }

  /** {@code quick|full|large|levels RESULT.json}. */
  public static void main(String[] args) throws RunnerException {
    List<String> known = List.of("quick", "full", "large", "levels");
    if (args.length != 2 || !known.contains(args[0])) {
      System.err.println("usage: benchmarks " + String.join("|", known) + " RESULT.json");
      System.exit(2);
    }
    Run run = Run.valueOf(args[0].toUpperCase(Locale.ROOT));
    Collection<RunResult> results = run(run, Path.of(args[1]));
    if (run == Run.LEVELS) {
      System.out.println(table(results));
    }
  }

  /** A result for each benchmark, each with each of its parameters. */
  static Collection<RunResult> run(Run run, Path result) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .shouldFailOnError(true)
            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
            .resultFormat(ResultFormatType.JSON)
            .result(result.toString());
    switch (run) {
      case QUICK ->
          options
              .include("dev.stravinsky")
              .forks(0)
              .warmupIterations(0)
              .measurementIterations(1)
              .param("files", "30")
              .param("events", "10000")
              .param("level", "1", "6");
      case FULL ->
          options
              .include("dev.stravinsky")
              .exclude(LevelBenchmark.class.getName())
              .forks(3)
              .warmupIterations(3)
              .measurementIterations(7);
      case LARGE ->
          options
              .include(BackupBenchmark.class.getName())
              .include("ManifestBenchmark")
              .include("restoreEverything")
              .param("files", "50000")
              .forks(1)
              .warmupIterations(1)
              .measurementIterations(3);
      case LEVELS ->
          options
              .include(LevelBenchmark.class.getName())
              .param("files", "1400")
              .forks(1)
              .warmupIterations(2)
              .measurementIterations(5);
    }
    return new Runner(options.build()).run();
  }

  /** Of the levels: what is stored, and how long a first backup takes. */
  private static String table(Collection<RunResult> results) {
    StringBuilder table = new StringBuilder("| level | stored MB | ms |\n|---|---:|---:|\n");
    results.stream()
        .sorted(Comparator.comparing(result -> result.getParams().getParam("level")))
        .forEach(
            result ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.2f | %.0f |%n",
                        result.getParams().getParam("level"),
                        result.getSecondaryResults().get("bytes").getStatistics().getMax() / 1e6,
                        result.getPrimaryResult().getStatistics().getPercentile(50))));
    return table.toString();
  }
}
