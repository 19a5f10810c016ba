package dev.stravinsky.cli.command;

import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;

/** {@code stravinsky backup create}. */
public final class BackupCreate extends Command {
  private final ScopeOption scope = new ScopeOption(arguments());
  private final DryRunOption dryRun = new DryRunOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupCreate(Session session) {
    super(session, "Back up your files as they are now.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (dryRun.asked()) {
      session().reportInterrupted();
      output().line("Would back up:");
      for (var target : services().targets().backedUpWith(scope.of(session()))) {
        output().field(target.name(), target.root());
      }
      return ExitStatus.DONE;
    }
    session().finishInterrupted(scope.of(session()));
    Backup backup = services().updater().backup(scope.of(session()), session().progress());
    if (json.asked()) {
      var document = Json.document();
      document.putAll(Backups.json(backup));
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    output().success("Backed up as " + backup.id());
    output().field("Files", backup.manifest().filesCount());
    output().field("Size", Shown.size(backup.manifest().sizeBytes()));
    output().field("Folder", backup.directory());
    return ExitStatus.DONE;
  }
}
