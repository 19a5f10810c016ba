package dev.stravinsky.cli.command;

import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.backup.RetentionPlan.Decision;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code stravinsky backup cleanup}. */
public final class BackupCleanup extends Command {
  private final Value<Integer> keep =
      arguments().option("--keep", "N", Integer.class, "Keep the newest N.");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final DryRunOption dryRun = new DryRunOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupCleanup(Session session) {
    super(session, "Delete backups that the settings do not keep, saying why.");
  }

  @Override
  ExitStatus run() throws IOException {
    Optional<Integer> newest = keep.given();
    if (newest.isPresent() && newest.get() < 0) {
      throw new UsageException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "--keep takes a number that is not negative, not " + newest.get())
              .leaving("nothing was deleted")
              .next("stravinsky backup cleanup --keep 5 --dry-run"));
    }
    if (dryRun.asked()) {
      session().reportInterrupted();
    } else {
      session().finishInterrupted(scope.of(session()));
    }
    OptionalInt wanted = newest.map(OptionalInt::of).orElse(OptionalInt.empty());
    RetentionPlan plan = services().updater().cleanUp(scope.of(session()), wanted, dryRun.asked());
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("dry_run", dryRun.asked());
      document.put("backups", plan.decisions().stream().map(BackupCleanup::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    Table table = new Table("BACKUP", "", "WHY");
    for (Decision each : plan.decisions()) {
      table.row(each.backup().id(), each.delete() ? "delete" : "keep", each.reason());
    }
    if (!table.isEmpty()) {
      print(table);
    }
    long deleted = plan.decisions().stream().filter(Decision::delete).count();
    output()
        .line(
            (dryRun.asked() ? "Would delete " : "Deleted ") + Shown.count(deleted, "backup") + ".");
    return ExitStatus.DONE;
  }

  private static Map<String, Object> json(Decision each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", each.backup().id());
    json.put("delete", each.delete());
    json.put("reason", each.reason());
    return json;
  }
}
