package dev.stravinsky.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmarks work; what they measure here is not looked at. */
class QuickBenchmarksTest {
  @Test
  void benchmarks_quick_eachGivesAResult() throws Exception {
    Path result = Path.of("target", "benchmarks-quick.json");

    List<String> measured =
        Benchmarks.run(Benchmarks.Run.QUICK, result).stream()
            .map(each -> each.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)", "$1"))
            .distinct()
            .toList();

    assertThat(measured)
        .containsExactlyInAnyOrder(
            "BackupBenchmark.firstBackup",
            "BackupBenchmark.unchangedBackup",
            "BackupBenchmark.backupAfterOnePercent",
            "BackupBenchmark.verifyStored",
            "BackupBenchmark.verifyUnpacked",
            "BackupBenchmark.extractOneFile",
            "BackupBenchmark.listBackups",
            "ChangeBenchmark.update",
            "ChangeBenchmark.rollback",
            "ChangeBenchmark.restoreEverything",
            "ChangeBenchmark.checks",
            "LevelBenchmark.firstBackup",
            "ManifestBenchmark.readHead",
            "ManifestBenchmark.readEntries",
            "ManifestBenchmark.write",
            "SwapBenchmark.swapAndCommit",
            "TrailBenchmark.appendOne",
            "TrailBenchmark.appendThousand",
            "TrailBenchmark.query",
            "TrailBenchmark.verify");
    assertThat(result).content().contains("firstBackup", "verifyUnpacked", "\"score\"");
  }
}
