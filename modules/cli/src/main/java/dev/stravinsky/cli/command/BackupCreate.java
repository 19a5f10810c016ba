package dev.stravinsky.cli.command;

import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<Path> notKept = new ArrayList<>();
    Backup backup =
        services().updater().backup(scope.of(session()), session().progress(), notKept::add);
    if (json.asked()) {
      var document = Json.document();
      document.putAll(Backups.json(backup));
      document.put("not_kept", notKept);
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    output().success("Backed up as " + backup.id());
    output().field("Files", backup.manifest().filesCount());
    output().field("Size", Shown.size(backup.manifest().sizeBytes()));
    output().field("Folder", backup.directory());
    for (Path each : notKept) {
      output()
          .warning(
              Problem.of(
                      ErrorKind.UNKNOWN,
                      "a pipe, socket or device: left alone, and not in the backup")
                  .inFile(each));
    }
    return ExitStatus.DONE;
  }
}
