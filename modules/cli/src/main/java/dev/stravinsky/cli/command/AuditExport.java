package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditTrail.ExportFormat;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/** {@code stravinsky audit export}. */
public final class AuditExport extends Command {
  private final Value<Format> format =
      arguments().option("--format", "json|csv", Format.class, "How (default: json).");

  private final EventOptions events = new EventOptions(arguments());

  public AuditExport(Session session) {
    super(session, "Write events for other programs, oldest first.");
  }

  @Override
  ExitStatus run() throws IOException {
    services()
        .audit()
        .export(
            events.query(OptionalInt.empty(), services().environment().clock()),
            ExportFormat.valueOf(format.or(Format.json).name().toUpperCase(Locale.ROOT)),
            output().results());
    return ExitStatus.DONE;
  }

  /** As typed. */
  enum Format {
    json,
    csv
  }
}
