package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.ground.GroundOptions;
import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.ChaosReport.Verdict;
import dev.stravinsky.chaos.report.HtmlReport;
import dev.stravinsky.chaos.report.JUnitReport;
import dev.stravinsky.chaos.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos run}. */
@Command(
    name = "run",
    description = "Run a suite: every operation with every kind of fault.",
    footer = {
      "",
      "Exit status: 0 all held, 1 something did not or a planned fault did not take place."
    })
final class RunCommand extends ChaosCommand {
  private static final int SHOWN = 5;
  private static final Duration HOUR = Duration.ofHours(1);

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "smoke",
      description = "smoke (seconds, the default), ci (minutes), full (hours) or soak.")
  Suite suite;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed, the same faults in the same places.")
  Long seed;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "Only cells like this: update, power-cut, 'recover-*/disk-*'.")
  String only;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Begin nothing more after so long; soak takes 60 if nothing is said.")
  Integer minutes;

  @Mixin GroundOptions where;

  @Option(names = "--fail-fast", description = "Begin nothing more once something did not hold.")
  boolean failFast;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write chaos.json, chaos-junit.xml and chaos.html there.")
  Path directory;

  @Override
  int run(PrintWriter out) throws IOException {
    if (minutes != null && minutes < 1) {
      throw mistake("--minutes needs a number, 1 or more");
    }
    Ground ground = where.ground(out);
    Predicate<String> chosen = chosen(ground);
    long first = seed == null ? new SecureRandom().nextInt(1, Integer.MAX_VALUE) : seed;
    if (directory != null) {
      Files.createDirectories(directory); // What cannot be written is told before hours of work.
    }
    Optional<Duration> limit = Optional.ofNullable(minutes).map(Duration::ofMinutes);
    if (suite == Suite.SOAK) {
      return soak(ground, chosen, first, limit.orElse(HOUR), out) ? 0 : 1;
    }
    return once(new Campaign(suite, first, ground, chosen, limit, failFast), out) ? 0 : 1;
  }

  private Predicate<String> chosen(Ground ground) {
    Predicate<String> chosen;
    try {
      chosen = Selection.ofIds(only);
    } catch (IllegalArgumentException e) {
      throw mistake(e.getMessage());
    }
    if (!Campaign.hasAny(ground, chosen)) {
      throw mistake("nothing to try is like \"" + only + "\"; see: chaos list");
    }
    return chosen;
  }

  /** One seed after the other; ends with the first that fails, so that its report is there. */
  private boolean soak(
      Ground ground, Predicate<String> chosen, long first, Duration limit, PrintWriter out)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    boolean passed = true;
    for (long next = first; passed && System.nanoTime() < end; next++) {
      Optional<Duration> left = Optional.of(Duration.ofNanos(end - System.nanoTime()));
      passed = once(new Campaign(Suite.SOAK, next, ground, chosen, left, failFast), out);
    }
    return passed;
  }

  private boolean once(Campaign campaign, PrintWriter out) throws IOException {
    out.println("chaos: suite " + campaign.suite().id() + ", seed " + campaign.seed());
    ChaosReport report;
    try (CampaignProgress progress = new CampaignProgress(out)) {
      report = campaign.run(progress);
    }
    print(report, out);
    if (directory != null) {
      JsonReport.write(report, directory.resolve("chaos.json"));
      JUnitReport.write(report, directory.resolve("chaos-junit.xml"));
      HtmlReport.write(report, directory.resolve("chaos.html"));
      out.println("report: " + directory.resolve("chaos.html").toAbsolutePath());
    }
    out.flush();
    return report.passed();
  }

  private static void print(ChaosReport report, PrintWriter out) {
    for (Row row : report.rows()) {
      if (row.verdict() == Verdict.FAILED) {
        out.println("FAILED " + row.id());
        row.failures().stream().limit(SHOWN).forEach(failure -> print(failure, report, out));
      }
    }
    out.printf(
        "chaos: %d of %d faults injected, %d cells passed, %d failed, %d mean nothing, %d not run,"
            + " %.1f s%n",
        report.injected(),
        report.planned(),
        report.count(Verdict.PASSED),
        report.count(Verdict.FAILED),
        report.count(Verdict.EMPTY),
        report.count(Verdict.NOT_RUN),
        report.took().toMillis() / 1000.0);
    out.println("violations: " + report.violations());
  }

  private static void print(Failure failure, ChaosReport report, PrintWriter out) {
    out.println("  " + failure.place());
    if (!failure.fired()) {
      out.println("    the planned fault did not take place");
    }
    failure.violations().forEach(each -> out.println("    " + each));
    out.println("    -> " + report.replay(failure));
  }
}
