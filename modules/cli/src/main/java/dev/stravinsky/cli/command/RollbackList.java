package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code stravinsky rollback list}. */
public final class RollbackList extends Command {
  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public RollbackList(Session session) {
    super(session, "List the versions that you can go to.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    Scope whose = scope.of(session());
    Version current = services().installed().current(whose);
    List<VersionChange> history = services().installed().history(whose);
    Map<Version, Backup> newest = new LinkedHashMap<>();
    for (Backup backup : services().backups().list(whose)) {
      newest.putIfAbsent(backup.manifest().version(), backup);
    }
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("current", current);
      document.put("undo_goes_to", history.stream().findFirst().map(VersionChange::from));
      document.put("versions", newest.values().stream().map(Backups::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    Table table = new Table("", "VERSION", "NEWEST BACKUP", "MADE");
    newest.forEach(
        (version, backup) ->
            table.row(
                version.equals(current) ? "*" : "",
                version,
                backup.id(),
                Shown.time(backup.manifest().timestamp())));
    if (table.isEmpty()) {
      output().line("There is nothing to go back to yet: no version was installed or backed up.");
      return ExitStatus.DONE;
    }
    print(table);
    output()
        .line(
            history.isEmpty()
                ? "* is in force. There is no change to undo."
                : "* is in force. Undo goes to "
                    + history.getFirst().from()
                    + ": stravinsky rollback undo");
    return ExitStatus.DONE;
  }
}
