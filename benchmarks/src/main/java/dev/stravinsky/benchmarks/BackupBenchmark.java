package dev.stravinsky.benchmarks;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a user waits for: making a backup, verifying it, getting one file back, the list. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BackupBenchmark {
  /** Leaves nothing of an earlier backup to copy from. */
  @Benchmark
  public Object firstBackup(FirstDay world) throws IOException {
    return world.world.backUp("v1").manifest().archives().getFirst().sha256();
  }

  /** Nothing has changed since the last backup, which is read and confirmed. */
  @Benchmark
  public Object unchangedBackup(EveryDay world) throws IOException {
    return world.world.backUp("v1").manifest().archives().getFirst().sha256();
  }

  /** One file in a hundred has changed since the last backup. */
  @Benchmark
  public Object backupAfterOnePercent(LaterDay world) throws IOException {
    return world.world.backUp("v2").manifest().archives().getFirst().sha256();
  }

  /** Every stored byte against its checksum. */
  @Benchmark
  public Object verifyStored(LaterDay world) throws IOException {
    return world.verify(new Depth.Stored());
  }

  /** Everything unpacked. */
  @Benchmark
  public Object verifyUnpacked(LaterDay world) throws IOException {
    return world.verify(new Depth.Unpacked());
  }

  /** One file out of the archive, by seeking. */
  @Benchmark
  public Object extractOneFile(LaterDay world) throws IOException {
    BackupEntry entry =
        world.backup.entry("hooks", "global", EntryPath.of("folder7/hook7.py")).orElseThrow();
    try (Backup.Extraction extraction = world.backup.extract(List.of(entry))) {
      return Files.size(extraction.content(entry).orElseThrow());
    }
  }

  /** The list of backups. */
  @Benchmark
  public Object listBackups(LaterDay world) throws IOException {
    return world.world.services().backups().list(dev.stravinsky.api.Scope.USER).size();
  }

  /** Files, and no backup yet. */
  @State(Scope.Benchmark)
  public static class FirstDay extends SomeFiles {
    @Setup(Level.Invocation)
    public void forget() throws IOException {
      world.forgetBackups();
    }
  }

  /** Files, and a backup of them as they are. */
  @State(Scope.Benchmark)
  public static class EveryDay extends SomeFiles {
    @Override
    public void create() throws IOException {
      super.create();
      world.backUp("v1");
    }
  }

  /** Files, a backup of them, and one file in a hundred changed since. */
  @State(Scope.Benchmark)
  public static class LaterDay extends SomeFiles {
    Backup backup;
    private int day;

    @Setup(Level.Invocation)
    public void change() throws IOException {
      world.forgetBackups();
      backup = world.backUp("v1");
      day++;
      try (Stream<Path> all = Files.walk(world.files())) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          if (Math.floorMod(file.getFileName().toString().hashCode(), 100) == day % 100) {
            Files.writeString(file, "changed on day " + day + "\n");
          }
        }
      }
    }

    long verify(Depth depth) throws IOException {
      VerificationReport report = world.services().backups().verify(backup, depth, Progress.NONE);
      if (!report.intact()) {
        throw new IOException("the benchmark's own backup is damaged: " + report.damage());
      }
      return report.bytesRead();
    }
  }
}
