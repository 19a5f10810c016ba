package dev.stravinsky.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each level of compression costs and saves in a first backup, forced and read back. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LevelBenchmark {

  /** A first backup at this level. */
  @Benchmark
  public Object firstBackup(Setting setting, Stored stored) throws IOException {
    var manifest = setting.world.backUp("v1").manifest();
    stored.bytes = manifest.sizeBytes();
    return manifest.archives().getFirst().sha256();
  }

  /** What the archives take. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Stored {
    public long bytes;
  }

  /** Files, and no backup yet. */
  @State(Scope.Benchmark)
  public static class Setting extends SomeFiles {
    @Param({"1", "2", "3", "4", "5", "6", "7", "8", "9"})
    public int level;

    @Setup(Level.Invocation)
    public void forget() throws IOException {
      world.forgetBackups();
      world.settings("{\"backup\": {\"compression_level\": " + level + "}}");
    }
  }
}
