package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRequest;
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

/** One update, from the release's name to its result: read {@link #install} and you know it. */
final class UpdateFlow {
  private final Services services;
  private final UpdateRequest request;
  private final Progress progress;
  private final Instant started;
  private final UpdateTrail trail;

  UpdateFlow(Services services, UpdateRequest request, Progress progress) {
    this.services = services;
    this.request = request;
    this.progress = progress;
    this.started = services.environment().clock().instant();
    this.trail = new UpdateTrail(services, request.scope());
  }

  UpdateResult run() throws IOException {
    services.checks().warmUp();
    var targets = services.targets().of(request.scope());
    var names = targets.stream().map(t -> t.name()).distinct().toList();
    Release release =
        services
            .releases()
            .open(new ReleaseRequest(request.location(), request.version(), names), progress);
    try {
      if (request.dryRun()) {
        return install(release);
      }
      try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
        new Interrupted(services).finishLocked();
        return install(release);
      }
    } finally {
      Disposal.attempt(() -> services.releases().discard(release));
    }
  }

  private UpdateResult install(Release release) throws IOException {
    LiveState live = LiveState.read(services, request.scope());
    MergePlan plan = merge(live, release);
    if (plan.changes().isEmpty() && live.version().equals(release.version())) {
      return new UpdateResult.UpToDate(release.version());
    }
    UpdateChecks checks = new UpdateChecks(services, request, live, plan, release);
    List<CheckReport> reports = checks.beforeSwap();
    if (request.dryRun()) {
      return planned(live, plan, release, reports);
    }
    List<Problem> refusals = refusals(plan, reports);
    trail.started(live.version(), release.version(), reports, request.accepted());
    if (!refusals.isEmpty()) {
      return blocked(live, release, refusals);
    }
    try {
      Backup before = BeforeUpdate.backUp(services, live, plan.changes(), progress);
      VersionCompletion completion = new VersionCompletion(services);
      try (Transaction transaction = stage(live, plan, release, before, completion)) {
        services
            .backups()
            .createPending(transaction.id(), installed(transaction, plan, live, release), progress);
        services.releases().keep(release);
        transaction.swap();
        Verdict verdict = Verdict.of(checks.afterSwap(), services.settings());
        if (verdict.rollBack()) {
          return rollBack(transaction, completion, live, release, verdict);
        }
        transaction.commit();
        return committed(live, plan, release, before, transaction, verdict, reports);
      }
    } catch (ConcurrentChangeException e) {
      return blocked(live, release, e.problems());
    } catch (RollbackFailedException e) {
      trail.failed(live.version(), release.version(), e.problems());
      trail.tell(EventType.UPDATE_FAILED, true, "rollback failed, manual recovery needed");
      throw e;
    } catch (IOException e) {
      return failed(live, release, e);
    }
  }

  private MergePlan merge(LiveState live, Release release) throws IOException {
    Optional<Release> base =
        live.version().equals(Version.UNTRACKED)
            ? Optional.empty()
            : services.releases().published(live.version());
    return services.merger().plan(new MergeRequest(base, release, live.own(), request.policy()));
  }

  private Transaction stage(
      LiveState live, MergePlan plan, Release release, Backup before, VersionCompletion completion)
      throws IOException {
    return services
        .transactions()
        .stage(
            new TransactionRequest(
                request.scope(),
                VersionCompletion.Kinds.UPDATE,
                live.own(),
                plan.changes(),
                Map.of(
                    VersionCompletion.FROM, live.version().value(),
                    VersionCompletion.TO, release.version().value(),
                    VersionCompletion.BEFORE, before.id().value())),
            completion);
  }

  /** The new version's own backup, made of what is staged, before anything is swapped. */
  private BackupRequest installed(
      Transaction transaction, MergePlan plan, LiveState live, Release release) {
    List<TargetView> views = new ArrayList<>();
    for (TargetView view : transaction.result()) {
      views.add(
          view.withOrigins(
              path -> plan.released().contains(new MergePlan.Place(view.target(), path))));
    }
    live.views().stream()
        .filter(v -> !v.target().scope().equals(request.scope()))
        .forEach(views::add);
    boolean modified = plan.decisions().stream().anyMatch(UpdateFlow::isUsers);
    return new BackupRequest(
        request.scope(),
        release.version(),
        BackupReason.INSTALLED,
        views,
        Optional.of(live.version()),
        modified);
  }

  private static boolean isUsers(Decision decision) {
    return switch (decision.outcome()) {
      case KEPT, CONFLICT, MERGED -> true;
      case UNCHANGED, CREATED, REPLACED, DELETED -> false;
    };
  }

  private List<Problem> refusals(MergePlan plan, List<CheckReport> reports) {
    List<Problem> refusals = new ArrayList<>();
    if (request.policy() == ConflictPolicy.FAIL) {
      for (Decision conflict : plan.conflicts()) {
        refusals.add(
            Problem.of(ErrorKind.UNKNOWN, "conflict: " + conflict.reason())
                .inFile(conflict.place().path().resolveIn(conflict.place().target().root()))
                .next("stravinsky update " + request.location() + " --on-conflict keep"));
      }
    }
    reports.forEach(report -> report.blocking().forEach(f -> refusals.add(f.problem())));
    return refusals;
  }

  private UpdateResult planned(
      LiveState live, MergePlan plan, Release release, List<CheckReport> reports)
      throws IOException {
    List<String> modes = new ArrayList<>();
    for (var target : live.ownTargets()) {
      modes.add(target.name() + ": " + services.transactions().swapMode(target).promise());
    }
    return new UpdateResult.Planned(
        live.version(), release.version(), plan, release.ignored(), reports, modes);
  }

  private UpdateResult committed(
      LiveState live,
      MergePlan plan,
      Release release,
      Backup before,
      Transaction transaction,
      Verdict verdict,
      List<CheckReport> reports)
      throws IOException {
    List<Problem> warnings = new ArrayList<>(warnings(reports));
    List<Conflict> conflicts = setAside(plan, release, warnings);
    Retained.cleanUp(services, request.scope()).ifPresent(warnings::add);
    if (verdict.failed()) {
      trail.failed(live.version(), release.version(), verdict.problems());
      return new UpdateResult.LeftAsIs(live.version(), release.version(), verdict.problems());
    }
    warnings.addAll(trail.warnings());
    transaction.unfinished().stream()
        .map(sentence -> Problem.of(ErrorKind.UNKNOWN, sentence).next("stravinsky status"))
        .forEach(warnings::add);
    return new UpdateResult.Updated(
        live.version(),
        release.version(),
        Optional.of(before.id()),
        plan,
        conflicts,
        release.ignored(),
        warnings,
        took());
  }

  /** The new version is live: a file that could not be set aside is a warning. */
  private List<Conflict> setAside(MergePlan plan, Release release, List<Problem> warnings) {
    List<Conflict> conflicts = new ArrayList<>();
    for (Decision decision : plan.conflicts()) {
      MergePlan.Place place = decision.place();
      try {
        if (decision.setAside().isPresent()) {
          conflicts.add(
              services
                  .conflicts()
                  .setAside(
                      release.version(), place.target(), place.path(), decision.setAside().get()));
        }
      } catch (IOException e) {
        warnings.add(
            IoProblems.of(e, services.environment().home().directory())
                .inFile(place.path().resolveIn(place.target().root()))
                .leaving("your file is live; the release's was not set aside")
                .next("stravinsky update " + request.location() + " --on-conflict take"));
      }
    }
    return conflicts;
  }

  private UpdateResult rollBack(
      Transaction transaction,
      VersionCompletion completion,
      LiveState live,
      Release release,
      Verdict verdict) {
    completion.because(verdict.problems());
    transaction.undo();
    trail.failed(live.version(), release.version(), verdict.problems());
    trail.tell(
        EventType.AUTO_ROLLBACK,
        false,
        "update to " + release.version() + " failed its checks; " + live.version() + " is back");
    return new UpdateResult.RolledBack(
        live.version(), release.version(), verdict.problems(), took());
  }

  private UpdateResult blocked(LiveState live, Release release, List<Problem> problems)
      throws IOException {
    trail.append(
        EventType.UPDATE_BLOCKED, EventStatus.BLOCKED, live.version(), release.version(), problems);
    return new UpdateResult.Blocked(live.version(), release.version(), problems);
  }

  private UpdateResult failed(LiveState live, Release release, IOException failure) {
    Problem problem =
        IoProblems.of(failure, services.environment().home().directory())
            .leaving("your files are as they were")
            .next("stravinsky recovery emergency");
    trail.failed(live.version(), release.version(), List.of(problem));
    return new UpdateResult.Failed(live.version(), release.version(), List.of(problem));
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
