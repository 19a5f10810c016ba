package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stravinsky audit log}. */
@CommandLine.Command(description = "Show what happened, newest first.")
public final class AuditLog extends Command {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}; 0 for all).")
  private int limit;

  @Mixin private final EventOptions events = new EventOptions();
  @Mixin private final JsonOption json = new JsonOption();

  public AuditLog(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    OptionalInt most = limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    List<AuditEvent> found =
        services().audit().query(events.query(most, services().environment().clock()));
    if (json.asked()) {
      var document = Json.document();
      document.put("events", found.stream().map(Events::json).toList());
      Json.print(output().results(), document);
    } else if (found.isEmpty()) {
      output().line("No such event in the trail.");
    } else {
      print(Events.table(found));
      output().line("One in full: stravinsky audit show " + found.getFirst().seq());
    }
    return ExitStatus.DONE;
  }
}
