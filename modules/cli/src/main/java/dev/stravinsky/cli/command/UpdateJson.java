package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.UpdateResult.Blocked;
import dev.stravinsky.api.update.UpdateResult.Failed;
import dev.stravinsky.api.update.UpdateResult.LeftAsIs;
import dev.stravinsky.api.update.UpdateResult.Planned;
import dev.stravinsky.api.update.UpdateResult.RolledBack;
import dev.stravinsky.api.update.UpdateResult.UpToDate;
import dev.stravinsky.api.update.UpdateResult.Updated;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How an update ended, for programs. */
final class UpdateJson {
  private UpdateJson() {}

  static ExitStatus print(Output output, UpdateResult result, Optional<Explanation> explanation) {
    Map<String, Object> json = Json.document();
    ExitStatus status =
        switch (result) {
          case Updated updated -> {
            outcome(json, "updated", updated.from(), updated.to());
            json.put("backup", updated.backup());
            json.put("files", decisions(updated.plan()));
            json.put("conflicts", updated.conflicts().stream().map(c -> c.live()).toList());
            json.put("ignored", updated.ignored());
            json.put("signature", SignatureText.json(updated.signature()));
            json.put("notes", updated.offer().map(Offer::notes));
            problems(json, "warnings", updated.warnings());
            json.put("duration_seconds", updated.took());
            yield ExitStatus.DONE;
          }
          case UpToDate same -> {
            outcome(json, "up_to_date", same.version(), same.version());
            yield ExitStatus.DONE;
          }
          case Planned planned -> {
            outcome(json, "planned", planned.from(), planned.to());
            json.put("files", decisions(planned.plan()));
            DifferenceOutput shown = new DifferenceOutput(output, false);
            if (!planned.differences().isEmpty()) {
              json.put("differences", planned.differences().stream().map(shown::json).toList());
            }
            json.put("ignored", planned.ignored());
            json.put("signature", SignatureText.json(planned.signature()));
            json.put("notes", planned.offer().map(Offer::notes));
            problems(json, "blocked_by", planned.refusals());
            explanation.ifPresent(why -> json.put("checks", checks(planned, why)));
            yield planned.refusals().isEmpty() ? ExitStatus.DONE : ExitStatus.BLOCKED;
          }
          case Blocked blocked -> {
            outcome(json, "blocked", blocked.from(), blocked.to());
            problems(json, "problems", blocked.problems());
            yield ExitStatus.BLOCKED;
          }
          case Failed failed -> {
            outcome(json, "failed", failed.from(), failed.to());
            problems(json, "problems", failed.problems());
            yield ExitStatus.FAILED;
          }
          case RolledBack back -> {
            outcome(json, "rolled_back", back.from(), back.to());
            problems(json, "problems", back.problems());
            json.put("duration_seconds", back.took());
            yield ExitStatus.ROLLED_BACK;
          }
          case LeftAsIs left -> {
            outcome(json, "left_as_is", left.from(), left.to());
            problems(json, "problems", left.problems());
            yield ExitStatus.FAILED;
          }
        };
    Json.print(output.results(), json);
    return status;
  }

  private static List<Map<String, Object>> checks(Planned planned, Explanation explanation) {
    return planned.checks().stream()
        .flatMap(r -> r.results().stream().map(result -> explanation.json(r.phase(), result)))
        .toList();
  }

  private static void outcome(Map<String, Object> json, String outcome, Object from, Object to) {
    json.put("outcome", outcome);
    json.put("from", from);
    json.put("to", to);
  }

  private static void problems(Map<String, Object> json, String name, List<Problem> problems) {
    json.put(name, problems.stream().map(Shown::json).toList());
  }

  private static List<Map<String, Object>> decisions(MergePlan plan) {
    return plan.decisions().stream()
        .map(
            decision -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("target", decision.place().target().name());
              json.put("path", decision.place().path().readable());
              json.put("outcome", decision.outcome().name().toLowerCase(Locale.ROOT));
              json.put("reason", decision.reason());
              return json;
            })
        .toList();
  }
}
