package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same seed gives the same scenarios and the same results, twice. A build looks at some cells,
 * which the seed chooses; {@code -Dchaos.replayed=1} at all that use no network.
 */
@Tag("chaos-suite")
class ReplayableTest {
  private static final int SHARE = 5;

  @Test
  void run_sameSeedTwice_sameScenariosAndSameResults() throws IOException {
    long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    Set<String> cells = cells(seed, Integer.getInteger("chaos.replayed", SHARE));
    cells.add(Sequences.ID);
    String suite = System.getProperty("chaos.suite", "smoke").toUpperCase(Locale.ROOT);
    Campaign campaign =
        new Campaign(
            Suite.valueOf(suite), seed, Ground.MEMORY, cells::contains, Optional.empty(), false);

    List<Row> first = rows(campaign);
    List<Row> second = rows(campaign);

    System.out.println(first.size() + " cells replayed, chaos.seed=" + seed);
    assertThat(first).as("chaos.seed=%d", seed).hasSize(cells.size()).isEqualTo(second);
    assertThat(first).extracting(Row::planned).noneMatch(planned -> planned == 0);
    assertThat(first).extracting(Row::violations).containsOnly(0);
  }

  /**
   * Of some operations some cells. The web server is a real one, and so are the connections to it:
   * that is left out.
   */
  private static Set<String> cells(long seed, int share) {
    Set<String> cells = new HashSet<>();
    List<Cell> inMemory =
        Matrix.all().stream()
            .filter(cell -> !cell.isEmpty() && cell.operation() != Operation.DOWNLOAD)
            .toList();
    for (int i = 0; i < inMemory.size(); i++) {
      Cell cell = inMemory.get(i);
      if (cell.operation().ordinal() % share == seed % share && i % share == seed / share % share) {
        cells.add(cell.id());
      }
    }
    return cells;
  }

  /** Without the time that each took. */
  private static List<Row> rows(Campaign campaign) throws IOException {
    return campaign.run(new CampaignProgress(new PrintWriter(Writer.nullWriter()))).rows().stream()
        .map(
            row ->
                new Row(
                    row.operation(),
                    row.fault(),
                    row.places(),
                    row.planned(),
                    row.injected(),
                    row.states(),
                    row.because(),
                    row.failures(),
                    Duration.ZERO))
        .toList();
  }
}
