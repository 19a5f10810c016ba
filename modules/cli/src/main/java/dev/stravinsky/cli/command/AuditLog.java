package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** {@code stravinsky audit log}. */
public final class AuditLog extends Command {
  private static final int DEFAULT_LIMIT = 20;

  private final Value<Integer> most =
      arguments()
          .option(
              "--limit",
              "N",
              Integer.class,
              "At most so many (default: " + DEFAULT_LIMIT + "; 0 for all).");

  private final EventOptions events = new EventOptions(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public AuditLog(Session session) {
    super(session, "Show what happened, newest first.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    int limit = most.or(DEFAULT_LIMIT);
    OptionalInt shown = limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    List<AuditEvent> found =
        services().audit().query(events.query(shown, services().environment().clock()));
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
