package dev.stravinsky.chaos.certificate;

import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.ChaosReport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A certificate as Markdown. What differs from machine to machine stands in its last section. */
public final class CertificatePage {
  /** The heading of the section in which times and machines are. */
  public static final String DIFFERS = "## What differs from machine to machine";

  private final Certificate certificate;
  private final StringBuilder page = new StringBuilder();

  private CertificatePage(Certificate certificate) {
    this.certificate = certificate;
  }

  /** Writes it, in place of what is there. */
  public static void write(Certificate certificate, Path file) throws IOException {
    Files.writeString(file, new CertificatePage(certificate).text());
  }

  private String text() {
    page.append("# Stravinsky's crash-point certificate\n\n");
    summary();
    again();
    violations();
    certificate.runs().forEach(this::run);
    differs();
    return page.toString();
  }

  private void summary() {
    page.append(
        certificate.holds()
            ? "**Everything held**: %,d faults took place, 0 violations.\n\n"
                .formatted(certificate.injected())
            : "**Not everything held**: %,d faults took place, %,d violations.\n\n"
                .formatted(certificate.injected(), certificate.violations()));
    if (!certificate.only().isEmpty()) {
      page.append("Only cells like `" + certificate.only() + "` were tried.\n\n");
    }
    page.append("| | |\n|---|---|\n");
    page.append("| product | stravinsky " + certificate.product().version() + " |\n");
    page.append("| build (SHA-256 of its JARs) | `" + certificate.product().build() + "` |\n\n");
    page.append("| run | suite | seed | faults planned | took place | violations | counts |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < certificate.runs().size(); i++) {
      ChaosReport run = certificate.runs().get(i);
      page.append(
          "| %s | %s | %d | %,d | %,d | %,d | `%s` |\n"
              .formatted(
                  name(i),
                  run.suite(),
                  run.seed(),
                  run.planned(),
                  run.injected(),
                  run.violations(),
                  Certificate.digest(run)));
    }
    page.append('\n');
  }

  private static String name(int run) {
    return run == 0 ? "in memory" : "on a disk";
  }

  private void again() {
    page.append("## Make it again\n\n    " + certificate.again() + "\n\n");
    page.append(
        """
        The same build comes to the same counts with the same seed on any machine: compare the column `counts`, a SHA-256
        over every cell's numbers below. On a disk the folder is yours to choose, and so is the file system that is tried.

        """);
  }

  private void violations() {
    if (certificate.holds()) {
      return;
    }
    page.append("## What did not hold\n\n");
    for (ChaosReport run : certificate.runs()) {
      if (!run.complete()) {
        page.append("- The time was over before all was tried.\n");
      }
      for (Row row : run.rows()) {
        if (row.verdict() == Verdict.FAILED) {
          page.append("- %s: %s\n".formatted(row.id(), counts(row)));
          row.failures().forEach(failure -> failure(run, failure));
        }
      }
    }
    page.append('\n');
  }

  private static String counts(Row row) {
    return "%d of %d planned faults took place, %d violations"
        .formatted(row.injected(), row.planned(), row.violations());
  }

  private void failure(ChaosReport run, Failure failure) {
    page.append("  - " + plain(failure.id() + ", " + failure.place()) + "\n");
    if (!failure.fired()) {
      page.append("    - the planned fault did not take place\n");
    }
    failure.violations().forEach(each -> page.append("    - " + plain(each) + "\n"));
    page.append("    - `" + run.replay(failure) + "`\n");
  }

  /** What files and errors say is text here, in one line, and nothing else. */
  private static String plain(String any) {
    return "`` " + any.replaceAll("[\\p{Cntrl}`]", "?") + " ``";
  }

  private void run(ChaosReport run) {
    page.append("## " + heading(run) + "\n\n");
    sums("operation", run, Row::operation);
    sums("fault", run, Row::fault);
    page.append("| cell | places | planned | took place | states | violations |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (Row row : run.rows()) {
      if (row.verdict() != Verdict.EMPTY) {
        page.append(
            "| %s | %d | %d | %d | %d | %d |\n"
                .formatted(
                    row.id(),
                    row.places(),
                    row.planned(),
                    row.injected(),
                    row.states(),
                    row.violations()));
      }
    }
    page.append("\nCells that mean nothing there:\n\n");
    reasons(run)
        .forEach((why, cells) -> page.append("- " + why + ": " + String.join(", ", cells) + "\n"));
    page.append('\n');
  }

  private String heading(ChaosReport run) {
    return "Counts " + name(certificate.runs().indexOf(run));
  }

  private void sums(String what, ChaosReport run, Function<Row, String> by) {
    page.append("| " + what + " | took place | violations |\n|---|---|---|\n");
    run.rows().stream()
        .collect(Collectors.groupingBy(by, java.util.LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (name, rows) ->
                page.append(
                    "| %s | %,d | %d |\n"
                        .formatted(
                            name,
                            rows.stream().mapToInt(Row::injected).sum(),
                            rows.stream().mapToInt(Row::violations).sum())));
    page.append('\n');
  }

  private static Map<String, List<String>> reasons(ChaosReport run) {
    return run.rows().stream()
        .filter(row -> row.because().isPresent())
        .collect(
            Collectors.groupingBy(
                row -> row.because().orElseThrow(),
                TreeMap::new,
                Collectors.mapping(Row::id, Collectors.toList())));
  }

  private void differs() {
    page.append(DIFFERS + "\n\n| run | where | on | begun | seconds |\n|---|---|---|---|---|\n");
    for (int i = 0; i < certificate.runs().size(); i++) {
      ChaosReport run = certificate.runs().get(i);
      page.append(
          "| %s | %s | %s | %s | %d |\n"
              .formatted(
                  name(i),
                  run.ground().replace("|", "\\|"),
                  run.system(),
                  run.started(),
                  run.took().toSeconds()));
    }
  }
}
