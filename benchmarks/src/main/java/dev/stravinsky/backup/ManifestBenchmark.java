package dev.stravinsky.backup;

import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.benchmarks.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A manifest alone, read and written. It is in this package because a backup is never made of its
 * manifest only: from outside nobody can ask for one to be written.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ManifestBenchmark {

  /** As a listing does: what stands before members and entries. */
  @Benchmark
  public Object readHead(Made made) throws IOException {
    return ManifestReader.head(made.manifest).manifest().id();
  }

  /** Every entry, one by one. */
  @Benchmark
  public Object readEntries(Made made) throws IOException {
    try (Stream<Row> rows = ManifestReader.rows(made.manifest)) {
      return rows.count();
    }
  }

  /** All of it, to nowhere. */
  @Benchmark
  public Object write(Made made) throws IOException {
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      ManifestWriter.write(nowhere, made.head, made.members, made.rows);
    }
    return made.rows.size();
  }

  /** The manifest of a backup of so many files. */
  @State(Scope.Benchmark)
  public static class Made {
    @Param({"70", "1400"})
    public int files;

    private World world;
    private Path manifest;
    private ManifestHead head;
    private Map<String, List<Member>> members;
    private List<Row> rows;

    @Setup(Level.Trial)
    public void create() throws IOException {
      world = World.create(files);
      Backup backup = world.backUp("v1");
      manifest = backup.directory().resolve(ManifestWriter.NAME);
      head = ManifestReader.head(manifest);
      members = ManifestReader.members(manifest);
      try (Stream<Row> all = ManifestReader.rows(manifest)) {
        rows = all.toList();
      }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
      world.close();
    }
  }
}
