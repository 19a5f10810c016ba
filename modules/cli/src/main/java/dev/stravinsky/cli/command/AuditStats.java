package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.report.StatisticsReport;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code stravinsky audit stats}. */
@CommandLine.Command(description = "Show rates, durations and disk use.")
public final class AuditStats extends Command {
  @Option(
      names = "--since",
      paramLabel = "SPAN",
      description = "Only the last 24h, 7d, ... (default: all).")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "text|json|prometheus",
      description = "How (default: text).")
  private Format format = Format.text;

  public AuditStats(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    Instant from =
        since
            .map(span -> EventOptions.ago(span, services().environment().clock()))
            .orElse(Instant.EPOCH);
    services()
        .statistics()
        .write(
            services().audit().statistics(from),
            StatisticsReport.Format.valueOf(format.name().toUpperCase(Locale.ROOT)),
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
