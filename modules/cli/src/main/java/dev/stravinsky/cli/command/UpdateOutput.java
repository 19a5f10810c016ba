package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.UpdateResult.Blocked;
import dev.stravinsky.api.update.UpdateResult.Failed;
import dev.stravinsky.api.update.UpdateResult.LeftAsIs;
import dev.stravinsky.api.update.UpdateResult.Planned;
import dev.stravinsky.api.update.UpdateResult.RolledBack;
import dev.stravinsky.api.update.UpdateResult.UpToDate;
import dev.stravinsky.api.update.UpdateResult.Updated;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How an update ended, for people. */
final class UpdateOutput {
  private static final int LISTED = 5;

  private final Output output;
  private final Optional<Explanation> explanation;

  /** {@code explanation} is there if a dry run is to be explained. */
  UpdateOutput(Output output, Optional<Explanation> explanation) {
    this.output = output;
    this.explanation = explanation;
  }

  ExitStatus print(UpdateResult result) {
    return switch (result) {
      case Updated updated -> updated(updated);
      case UpToDate same -> {
        output.line(same.version() + " is installed already; nothing to do.");
        yield ExitStatus.DONE;
      }
      case Planned planned -> planned(planned);
      case Blocked blocked -> {
        output.problems(blocked.problems());
        output.failure("Update to " + blocked.to() + " blocked; nothing was changed.");
        yield ExitStatus.BLOCKED;
      }
      case Failed failed -> {
        output.problems(failed.problems());
        output.failure("Update to " + failed.to() + " failed; your files are as they were.");
        yield ExitStatus.FAILED;
      }
      case RolledBack back -> {
        output.problems(back.problems());
        output.failure("Update to " + back.to() + " failed and was rolled back.");
        output.field("Version", back.from() + " (as before)");
        output.field("Took", Shown.seconds(back.took()));
        yield ExitStatus.ROLLED_BACK;
      }
      case LeftAsIs left -> leftAsIs(left);
    };
  }

  private ExitStatus updated(Updated updated) {
    updated.warnings().forEach(output::warning);
    output.success("Update successful");
    output.field("From", updated.from());
    output.field("To", updated.to());
    updated.backup().ifPresent(backup -> output.field("Backup", backup));
    output.field("Files", counts(updated.plan()));
    provenance(updated.signature(), updated.offer());
    output.field("Took", Shown.seconds(updated.took()));
    List<String> merged =
        updated.plan().decisions().stream()
            .filter(decision -> decision.outcome() == Outcome.MERGED)
            .map(decision -> decision.place().toString())
            .toList();
    if (!merged.isEmpty()) {
      output.field("Merged", some(merged) + " (your changes and the release's)");
    }
    List<Decision> conflicts = updated.plan().conflicts();
    if (!conflicts.isEmpty()) {
      output.line("What you have stays, and is yours to look at:");
      conflicts.forEach(each -> output.item(each.place().live() + ": " + each.reason()));
    }
    if (!updated.conflicts().isEmpty()) {
      output.line("  The release's are set aside; type: stravinsky conflict list");
    }
    ignored(updated.ignored());
    return ExitStatus.DONE;
  }

  private ExitStatus planned(Planned planned) {
    output.line("Would update " + planned.from() + " to " + planned.to() + ":");
    for (Decision decision : planned.plan().decisions()) {
      if (decision.outcome() != Outcome.UNCHANGED) {
        String what = decision.outcome().name().toLowerCase(Locale.ROOT);
        output.line(
            String.format(
                Locale.ROOT, "  %-9s %s (%s)", what, decision.place(), decision.reason()));
      }
    }
    output.field("Files", counts(planned.plan()));
    provenance(planned.signature(), planned.offer());
    ignored(planned.ignored());
    DifferenceOutput shown = new DifferenceOutput(output, false);
    planned.differences().forEach(shown::print);
    output.line("  How files are swapped:");
    // Most machines can do one thing everywhere; that is said once.
    Map<String, List<String>> byMode =
        planned.swapModes().stream()
            .collect(Collectors.groupingBy(mode -> mode.substring(mode.indexOf(": ") + 2)));
    byMode.forEach(
        (mode, targets) ->
            output.item(byMode.size() == 1 ? mode : mode + " for " + names(targets)));
    explanation.ifPresent(why -> why.print(planned.checks(), output));
    output.problems(planned.refusals());
    if (!planned.refusals().isEmpty()) {
      output.failure("It would be blocked. Nothing was changed.");
      return ExitStatus.BLOCKED;
    }
    output.line("Nothing was changed: this was a dry run.");
    return ExitStatus.DONE;
  }

  private ExitStatus leftAsIs(LeftAsIs left) {
    for (Problem problem : left.problems()) {
      output.problem(problem);
    }
    boolean byMatrix = left.problems().stream().noneMatch(p -> p.kind().rollsBack());
    output.failure(
        "Update to "
            + left.to()
            + " did not pass its checks, and stays"
            + (byMatrix
                ? ": what is wrong would not be mended by going back."
                : ", as the settings say."));
    output.note("-> stravinsky rollback undo");
    return ExitStatus.FAILED;
  }

  private void provenance(Signature signature, Optional<Offer> offer) {
    output.field("Signature", SignatureText.of(signature));
    offer
        .map(Offer::notes)
        .filter(notes -> !notes.isBlank())
        .ifPresent(
            notes -> {
              output.line("  Notes:");
              notes.lines().forEach(output::item);
            });
  }

  private void ignored(List<String> names) {
    if (!names.isEmpty()) {
      output.field("Ignored", some(names) + " (not part of any target)");
    }
  }

  private static String some(List<String> names) {
    String more = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
    return String.join(", ", names.subList(0, Math.min(LISTED, names.size()))) + more;
  }

  private static String counts(MergePlan plan) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    plan.decisions().forEach(decision -> counts.merge(decision.outcome(), 1L, Long::sum));
    return counts.isEmpty()
        ? "none changed"
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  private static String names(List<String> modes) {
    return modes.stream()
        .map(mode -> mode.substring(0, mode.indexOf(": ")))
        .collect(Collectors.joining(", "));
  }
}
