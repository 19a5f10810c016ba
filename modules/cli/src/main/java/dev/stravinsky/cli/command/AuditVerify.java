package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;

/** {@code stravinsky audit verify}. */
public final class AuditVerify extends Command {
  private final Value<String> head =
      arguments()
          .option(
              "--head",
              "HASH",
              "A head that you wrote down; proves the trail up to it against anybody.");

  private final JsonOption json = new JsonOption(arguments());

  public AuditVerify(Session session) {
    super(session, "Walk the whole chain; say which event was changed or removed.");
  }

  @Override
  ExitStatus run() throws IOException {
    TrailReport report = services().audit().verify(head.given());
    if (json.asked()) {
      var document = Json.document();
      document.put("intact", report.intact());
      document.put("events", report.events());
      document.put("head_seq", report.head().seq());
      document.put("head_hash", report.head().hash());
      document.put("notes", report.notes());
      document.put("problems", report.problems().stream().map(Shown::json).toList());
      Json.print(output().results(), document);
    } else if (report.intact()) {
      output().success("The trail is intact: " + Shown.count(report.events(), "event") + ".");
      output().field("Head", report.head().hash());
      output().line("Write the head down; later: stravinsky audit verify --head HASH");
    } else {
      output().failure("The trail is DAMAGED:");
      output().problems(report.problems());
    }
    if (!json.asked()) {
      report.notes().forEach(note -> output().note("note: " + note));
    }
    return report.intact() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }
}
