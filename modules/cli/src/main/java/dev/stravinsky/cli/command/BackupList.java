package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.List;

/** {@code stravinsky backup list}. */
public final class BackupList extends Command {
  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupList(Session session) {
    super(session, "List the backups, newest first.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    Scope whose = scope.of(session());
    BackupStore.Listing found = services().backups().listing(whose);
    List<Backup> backups = found.backups();
    List<Problem> unreadable = found.unreadable();
    if (json.asked()) {
      var document = Json.document();
      document.put("backups", backups.stream().map(Backups::json).toList());
      document.put("unreadable", unreadable.stream().map(Shown::json).toList());
      Json.print(output().results(), document);
    } else if (backups.isEmpty() && unreadable.isEmpty()) {
      output().line("No backups yet. An update makes one; to make one now type:");
      output().line("  stravinsky backup create");
    } else {
      print(Backups.table(backups));
      output().problems(unreadable);
    }
    return unreadable.isEmpty() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }
}
