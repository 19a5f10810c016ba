package dev.stravinsky.chaos.certificate;

import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What a product did when the world broke around it.
 *
 * @param product what was tried
 * @param only the pattern of the cells that were tried; empty: all
 * @param runs one for each file system
 * @param again what to type to make it again
 */
public record Certificate(Product product, String only, List<ChaosReport> runs, String again) {
  public Certificate {
    runs = List.copyOf(runs);
  }

  /** Whether in each run something was tried, all of it took place, and all held. */
  public boolean holds() {
    return !runs.isEmpty() && runs.stream().allMatch(run -> run.passed() && run.complete());
  }

  public int injected() {
    return runs.stream().mapToInt(ChaosReport::injected).sum();
  }

  public int violations() {
    return runs.stream().mapToInt(ChaosReport::violations).sum();
  }

  /**
   * A SHA-256 of a run's suite, seed and counts: the same on every machine for the same product. Of
   * each cell in its order one line, {@code operation/fault places planned injected states
   * violations} or {@code operation/fault -} if it is empty.
   */
  public static String digest(ChaosReport run) {
    StringBuilder counts = new StringBuilder(run.suite() + " " + run.seed() + "\n");
    for (Row row : run.rows()) {
      counts.append(row.id()).append(' ').append(counts(row)).append('\n');
    }
    byte[] bytes = counts.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Product.digest().digest(bytes));
  }

  private static String counts(Row row) {
    return row.because().isPresent()
        ? "-"
        : row.places()
            + " "
            + row.planned()
            + " "
            + row.injected()
            + " "
            + row.states()
            + " "
            + row.violations();
  }
}
