package dev.stravinsky.cli.command;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.RollbackResult.AlreadyThere;
import dev.stravinsky.api.update.RollbackResult.Done;
import dev.stravinsky.api.update.RollbackResult.Failed;
import dev.stravinsky.api.update.RollbackResult.Planned;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a rollback ended, for people and for programs. */
final class RollbackOutput {
  private final Output output;
  private final boolean json;

  RollbackOutput(Output output, boolean json) {
    this.output = output;
    this.json = json;
  }

  ExitStatus print(RollbackResult result) {
    if (json) {
      Json.print(output.results(), document(result));
    } else {
      describe(result);
    }
    return result instanceof Failed ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  private void describe(RollbackResult result) {
    switch (result) {
      case Done done -> {
        done.warnings().forEach(output::warning);
        output.success("Rollback successful");
        output.field("From", done.from());
        output.field("To", done.to());
        output.field("Backup", done.backup());
        output.field("Took", Shown.seconds(done.took()));
      }
      case AlreadyThere same ->
          output.line(same.version() + " is in force already; nothing to do.");
      case Planned planned -> {
        output.line(
            "Would go from "
                + planned.from()
                + " to "
                + planned.to()
                + " (backup "
                + planned.restoring()
                + "):");
        planned.changes().forEach(change -> output.line("  " + describe(change)));
        output.line(
            Shown.count(planned.changes().size(), "file") + " would change; nothing was changed.");
      }
      case Failed failed -> {
        output.problems(failed.problems());
        output.failure("Rollback to " + failed.to() + " failed; your files are as they were.");
      }
    }
  }

  private static String describe(Change change) {
    String where = change.target().describe(change.path());
    if (change instanceof Change.Delete) {
      return "- " + where;
    }
    return (change.before().equals(EntryState.ABSENT) ? "+ " : "~ ") + where;
  }

  private static Map<String, Object> document(RollbackResult result) {
    Map<String, Object> json = Json.document();
    switch (result) {
      case Done done -> {
        outcome(json, "rolled_back", done.from(), done.to());
        json.put("restored", done.restored());
        json.put("backup", done.backup());
        json.put("files", changes(done.changes()));
        json.put("warnings", done.warnings().stream().map(Shown::json).toList());
        json.put("duration_seconds", done.took());
      }
      case AlreadyThere same -> outcome(json, "already_there", same.version(), same.version());
      case Planned planned -> {
        outcome(json, "planned", planned.from(), planned.to());
        json.put("restoring", planned.restoring());
        json.put("files", changes(planned.changes()));
      }
      case Failed failed -> {
        outcome(json, "failed", failed.from(), failed.to());
        json.put("problems", failed.problems().stream().map(Shown::json).toList());
      }
    }
    return json;
  }

  private static void outcome(Map<String, Object> json, String outcome, Object from, Object to) {
    json.put("outcome", outcome);
    json.put("from", from);
    json.put("to", to);
  }

  private static List<Map<String, Object>> changes(List<Change> changes) {
    return changes.stream()
        .map(
            change -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("target", change.target().name());
              json.put("path", change.path().readable());
              json.put("change", describe(change).substring(0, 1));
              return json;
            })
        .toList();
  }
}
