package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code stravinsky conflict list}. */
public final class ConflictList extends Command {
  private final JsonOption json = new JsonOption(arguments());

  public ConflictList(Session session) {
    super(session, "List files that both you and a release changed.");
  }

  @Override
  ExitStatus run() throws IOException {
    List<Conflict> conflicts = services().conflicts().list();
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("conflicts", conflicts.stream().map(ConflictList::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    if (conflicts.isEmpty()) {
      output().line("No conflicts.");
      return ExitStatus.DONE;
    }
    for (Conflict conflict : conflicts) {
      output().line(conflict.target() + "/" + conflict.path() + " (" + conflict.version() + ")");
      output().field("Yours", conflict.live());
      output().field("Release's", conflict.theirs());
    }
    output().line("Yours are live. When you have looked at one:");
    output().line("  stravinsky conflict resolve " + ShellWord.of(conflicts.getFirst().live()));
    return ExitStatus.DONE;
  }

  private static Map<String, Object> json(Conflict conflict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", conflict.version());
    json.put("scope", conflict.scope().key());
    json.put("target", conflict.target());
    json.put("path", conflict.path().readable());
    json.put("live", conflict.live());
    json.put("set_aside", conflict.theirs());
    return json;
  }
}
