package dev.stravinsky.benchmarks;

import java.nio.file.Path;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks: {@code quick} (in this process, a small tree) or {@code full}. */
public final class Benchmarks {
  private Benchmarks() {}

  /** {@code quick|full RESULT.json}. */
  public static void main(String[] args) throws RunnerException {
    if (args.length != 2 || !(args[0].equals("quick") || args[0].equals("full"))) {
      System.err.println("usage: benchmarks quick|full RESULT.json");
      System.exit(2);
    }
    run(args[0].equals("quick"), Path.of(args[1]));
  }

  /** Runs them and writes JMH's JSON; the number of benchmarks that gave a result. */
  static int run(boolean quick, Path result) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(BackupBenchmark.class.getName())
            .shouldFailOnError(true)
            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
            .resultFormat(ResultFormatType.JSON)
            .result(result.toString());
    if (quick) {
      options.forks(0).warmupIterations(1).measurementIterations(2).param("files", "70");
    } else {
      options.forks(3).warmupIterations(3).measurementIterations(7);
    }
    return new Runner(options.build()).run().size();
  }
}
