package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.report.StatisticsReport;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** {@code stravinsky audit stats}. */
public final class AuditStats extends Command {
  private final Value<String> since =
      arguments().option("--since", "SPAN", "Only the last 24h, 7d, ... (default: all).");

  private final Value<Format> format =
      arguments().option("--format", "text|json|prometheus", Format.class, "How (default: text).");

  public AuditStats(Session session) {
    super(session, "Show rates, durations and disk use.");
  }

  @Override
  ExitStatus run() throws IOException {
    Instant from =
        since
            .given()
            .map(span -> EventOptions.ago(span, services().environment().clock()))
            .orElse(Instant.EPOCH);
    services()
        .statistics()
        .write(
            services().audit().statistics(from),
            StatisticsReport.Format.valueOf(format.or(Format.text).name().toUpperCase(Locale.ROOT)),
            output().results());
    return ExitStatus.DONE;
  }

  /** As typed. */
  enum Format {
    text,
    json,
    prometheus
  }
}
