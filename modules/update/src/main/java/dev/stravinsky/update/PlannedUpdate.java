package dev.stravinsky.update;

import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is there, what comes, and what that means file by file. */
record PlannedUpdate(LiveState live, Release release, MergePlan plan) {

  Version from() {
    return live.version();
  }

  Version to() {
    return release.version();
  }

  List<Change> changes() {
    return plan.changes();
  }

  /** What would differ afterwards. */
  List<Difference> differences() {
    return changes().stream()
        .map(
            change ->
                new Difference(
                    change.target().name(),
                    change.target().scope().level(),
                    change.path(),
                    change.before(),
                    change.afterwards()))
        .toList();
  }

  boolean changesNothing() {
    return changes().isEmpty() && from().equals(to());
  }

  /** The targets as they would be. */
  List<TargetView> views() {
    return PlannedState.of(live.views(), plan, release);
  }

  /** The new version's own backup, made of what is staged, before anything is swapped. */
  BackupRequest installed(List<TargetView> staged) {
    List<TargetView> views = new ArrayList<>();
    for (TargetView view : staged) {
      views.add(
          view.withOrigins(path -> plan.released().contains(new TargetPath(view.target(), path))));
    }
    live.views().stream().filter(v -> !v.target().scope().equals(live.scope())).forEach(views::add);
    return new BackupRequest(
        live.scope(),
        to(),
        BackupReason.INSTALLED,
        views,
        Optional.of(from()),
        plan.decisions().stream().anyMatch(PlannedUpdate::isUsers));
  }

  private static boolean isUsers(Decision decision) {
    return switch (decision.outcome()) {
      case KEPT, CONFLICT, MERGED -> true;
      case UNCHANGED, CREATED, REPLACED, DELETED -> false;
    };
  }
}
