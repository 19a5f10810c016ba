package dev.stravinsky.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The benchmarks work; what they measure here is not looked at. */
class QuickBenchmarksTest {
  @Test
  void benchmarks_quick_eachGivesAResult() throws Exception {
    Path result = Path.of("target", "benchmarks-quick.json");

    assertThat(Benchmarks.run(true, result)).isEqualTo(6);

    assertThat(result).content().contains("firstBackup", "verifyUnpacked", "\"score\"");
  }
}
