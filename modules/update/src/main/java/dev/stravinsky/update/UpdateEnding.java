package dev.stravinsky.update;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ways in which an update ends, each told to the trail, and to people where they should know.
 */
final class UpdateEnding {
  private final Services services;
  private final UpdateRequest request;
  private final PlannedUpdate update;
  private final Instant started;
  private final UpdateTrail trail;
  private final List<Problem> notHeld = new ArrayList<>();

  UpdateEnding(Services services, UpdateRequest request, PlannedUpdate update, Instant started) {
    this.services = services;
    this.request = request;
    this.update = update;
    this.started = started;
    this.trail = new UpdateTrail(services, update);
  }

  UpdateTrail trail() {
    return trail;
  }

  UpdateResult blocked(List<Problem> problems, Map<String, String> stoppedBy) throws IOException {
    trail.append(EventType.UPDATE_BLOCKED, EventStatus.BLOCKED, problems, stoppedBy);
    return new UpdateResult.Blocked(update.from(), update.to(), problems);
  }

  UpdateResult failed(IOException failure) {
    Problem problem =
        IoProblems.of(failure, services.environment().home().directory())
            .leaving("your files are as they were")
            .next("stravinsky recovery emergency");
    trail.failed(List.of(problem));
    return new UpdateResult.Failed(update.from(), update.to(), List.of(problem));
  }

  /** The version that did not pass its checks is not offered again; that never fails an update. */
  void holdBack(Verdict verdict) {
    HeldBack.failed(services, request.scope(), update.to(), verdict.problems())
        .ifPresent(notHeld::add);
  }

  UpdateResult rolledBack(Verdict verdict, List<Problem> unfinished) {
    trail.failed(verdict);
    trail.tell(
        EventType.AUTO_ROLLBACK,
        false,
        "update to " + update.to() + " failed its checks; " + update.from() + " is back");
    return new UpdateResult.RolledBack(
        update.from(), update.to(), both(verdict.problems(), both(unfinished, notHeld)), took());
  }

  void rollbackFailed(RollbackFailedException failure) {
    trail.failed(failure.problems());
    trail.tell(EventType.UPDATE_FAILED, true, "rollback failed, manual recovery needed");
  }

  /** The new version is live; whatever else cannot be done is a warning. */
  UpdateResult committed(
      BackupId before,
      SetAsideFiles aside,
      List<Problem> unfinished,
      Verdict verdict,
      List<CheckReport> reports) {
    List<Problem> warnings = new ArrayList<>(warnings(reports));
    String take = Advice.again(request) + " --on-conflict take";
    aside.failures().forEach(problem -> warnings.add(problem.next(take)));
    Retained.cleanUp(services, request.scope()).ifPresent(warnings::add);
    if (verdict.failed()) {
      holdBack(verdict);
      trail.failed(verdict);
      return new UpdateResult.LeftAsIs(
          update.from(), update.to(), both(verdict.problems(), both(unfinished, notHeld)));
    }
    warnings.addAll(trail.warnings());
    warnings.addAll(unfinished);
    return new UpdateResult.Updated(
        update.from(),
        update.to(),
        Optional.of(before),
        update.plan(),
        aside.conflicts(),
        update.release().ignored(),
        warnings,
        took(),
        update.release().signature(),
        update.release().offer());
  }

  private static List<Problem> both(List<Problem> some, List<Problem> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static List<Problem> warnings(List<CheckReport> reports) {
    return reports.stream()
        .flatMap(report -> report.results().stream())
        .flatMap(result -> result.findings().stream())
        .filter(f -> f.severity() == Severity.WARN)
        .map(Finding::problem)
        .distinct()
        .toList();
  }

  private Duration took() {
    return Duration.between(started, services.environment().clock().instant());
  }
}
