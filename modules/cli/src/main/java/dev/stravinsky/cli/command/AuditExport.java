package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditTrail.ExportFormat;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stravinsky audit export}. */
@CommandLine.Command(description = "Write events for other programs, oldest first.")
public final class AuditExport extends Command {
  @Option(names = "--format", paramLabel = "json|csv", description = "How (default: json).")
  private Format format = Format.json;

  @Mixin private final EventOptions events = new EventOptions();

  public AuditExport(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    services()
        .audit()
        .export(
            events.query(OptionalInt.empty(), services().environment().clock()),
            ExportFormat.valueOf(format.name().toUpperCase(Locale.ROOT)),
            output().results());
    return ExitStatus.DONE;
  }

  /** As typed. */
  enum Format {
    json,
    csv
  }
}
