package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** {@code stravinsky audit log}. */
public final class AuditLog extends Command {
  private static final int DEFAULT_LIMIT = 20;
  private static final long LOOK_AGAIN_MILLIS = 250;

  private final Value<Integer> most =
      arguments()
          .option(
              "--limit",
              "N",
              Integer.class,
              "At most so many (default: " + DEFAULT_LIMIT + "; 0 for all).");

  private final Flag follow = arguments().flag("Go on with what happens from now on.", "--follow");

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
    // Before the listing: what happens meanwhile is told twice rather than not at all.
    long head = follow.given() ? services().audit().head().seq() : 0;
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
    return follow.given() ? follow(head) : ExitStatus.DONE;
  }

  /** Until it is interrupted. Each event is a line, of JSON where that was asked for. */
  private ExitStatus follow(long from) throws IOException {
    long told = from;
    output().results().flush();
    while (pause()) {
      long newest = services().audit().head().seq();
      if (newest < told) {
        // Moved away, to begin a new one, or cut off; what is there now was told or is another's.
        output().note("The trail ends earlier than before: stravinsky audit verify");
        told = newest;
      }
      if (newest > told) {
        for (AuditEvent event : since(told, newest)) {
          if (json.asked()) {
            Json.printLine(output().results(), Events.json(event));
          } else {
            output().line(Events.line(event));
          }
        }
        told = newest;
        if (output().results().checkError()) {
          return ExitStatus.FAILED; // Nobody reads any more, or the disk is full.
        }
      }
    }
    return ExitStatus.INTERRUPTED;
  }

  /** Those that match, the oldest first. */
  private List<AuditEvent> since(long told, long newest) throws IOException {
    OptionalInt most = OptionalInt.of((int) Math.min(Integer.MAX_VALUE, newest - told));
    return services()
        .audit()
        .query(events.query(most, services().environment().clock()))
        .reversed()
        .stream()
        .filter(event -> event.seq() > told && event.seq() <= newest)
        .toList();
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
