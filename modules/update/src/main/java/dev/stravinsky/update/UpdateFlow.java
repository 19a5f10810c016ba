package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One update, from the release's name to its result: read {@link #install} and you know it. */
final class UpdateFlow {
  private final Services services;
  private final UpdateRequest request;
  private final Progress progress;
  private final Instant started;

  UpdateFlow(Services services, UpdateRequest request, Progress progress) {
    this.services = services;
    this.request = request;
    this.progress = progress;
    this.started = services.environment().clock().instant();
  }

  UpdateResult run() throws IOException {
    if (request.plugins()) {
      services.checks().warmUp();
    }
    List<Target> targets = services.targets().of(request.scope());
    List<String> names = targets.stream().map(Target::name).distinct().toList();
    Release release = new WantedRelease(services, request).open(names, progress);
    try {
      if (request.dryRun()) {
        return install(release);
      }
      try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
        new Interrupted(services).finishLocked(request.scope(), targets);
        return install(release);
      }
    } finally {
      Disposal.attempt(() -> services.releases().discard(release));
    }
  }

  private UpdateResult install(Release release) throws IOException {
    PlannedUpdate update = plan(release);
    if (update.changesNothing()) {
      return new UpdateResult.UpToDate(update.to());
    }
    UpdateChecks checks = new UpdateChecks(services, request, update);
    if (request.dryRun()) {
      List<CheckReport> reports = checks.beforeSwap(() -> {});
      return planned(update, reports, refusals(update, reports));
    }
    try (BackupAhead ahead = new BackupAhead(services, update.live(), progress)) {
      return install(update, checks, ahead);
    }
  }

  private UpdateResult install(PlannedUpdate update, UpdateChecks checks, BackupAhead ahead)
      throws IOException {
    List<CheckReport> reports = checks.beforeSwap(ahead::prepare);
    List<Problem> refusals = refusals(update, reports);
    UpdateEnding ending = new UpdateEnding(services, request, update, started);
    ending.trail().started(reports, request.accepted());
    if (!refusals.isEmpty()) {
      return ending.blocked(refusals, StoppedBy.checksOf(reports));
    }
    try {
      return change(update, checks, ahead, reports, ending);
    } catch (ConcurrentChangeException e) {
      return ending.blocked(Suspects.named(e.problems(), reports), Map.of());
    } catch (RollbackFailedException e) {
      ending.rollbackFailed(e);
      throw e;
    } catch (StravinskyException e) {
      ending.trail().failed(e.problems());
      throw e;
    } catch (IOException e) {
      return ending.failed(e);
    }
  }

  /** Nothing live is touched before {@code swap()}, and all of it is undone unless committed. */
  private UpdateResult change(
      PlannedUpdate update,
      UpdateChecks checks,
      BackupAhead ahead,
      List<CheckReport> reports,
      UpdateEnding ending)
      throws IOException {
    Backup before = BeforeUpdate.backUp(services, update.live(), update.changes(), ahead);
    VersionCompletion completion = new VersionCompletion(services);
    try (Transaction transaction = stage(update, before, completion)) {
      services
          .backups()
          .createPending(transaction.id(), update.installed(transaction.result()), progress);
      services.releases().keepPending(transaction.id(), update.release());
      transaction.swap();
      Optional<CheckReport> after = checks.afterSwap();
      Verdict verdict = Verdict.of(after, services.settings());
      if (verdict.rollBack()) {
        completion.because(verdict.problems());
        // Before the undoing, so that a crash in it does not make the next update try again.
        ending.holdBack(verdict);
        transaction.undo();
        List<Problem> theirs = Suspects.named(Unfinished.of(transaction), after.stream().toList());
        return ending.rolledBack(verdict, theirs);
      }
      transaction.commit();
      List<CheckReport> all = Stream.concat(reports.stream(), after.stream()).toList();
      SetAsideFiles aside = completion.aside();
      return ending.committed(before.id(), aside, Unfinished.of(transaction), verdict, all);
    } catch (IOException | RuntimeException e) {
      HiddenFailure.surface(e);
      throw e;
    }
  }

  private PlannedUpdate plan(Release release) throws IOException {
    LiveState live = LiveState.read(services, request.scope());
    Optional<Release> base = new MergeBase(services, live).find();
    MergePlan plan =
        services
            .merger()
            .plan(
                new MergeRequest(
                    base,
                    release,
                    live.own(),
                    request.policy(),
                    services.releases().scratch(release)));
    return new PlannedUpdate(live, release, plan);
  }

  private Transaction stage(PlannedUpdate update, Backup before, VersionCompletion completion)
      throws IOException {
    return services
        .transactions()
        .stage(
            new TransactionRequest(
                request.scope(),
                VersionCompletion.Kinds.UPDATE,
                update.live().own(),
                update.changes(),
                attributes(update, before)),
            completion);
  }

  private static Map<String, String> attributes(PlannedUpdate update, Backup before) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(VersionCompletion.FROM, update.from().value());
    attributes.put(VersionCompletion.TO, update.to().value());
    attributes.put(VersionCompletion.BEFORE, before.id().value());
    SetAsideFiles.named(update.plan()).ifPresent(n -> attributes.put(SetAsideFiles.ATTRIBUTE, n));
    return attributes;
  }

  private List<Problem> refusals(PlannedUpdate update, List<CheckReport> reports)
      throws IOException {
    List<Problem> refusals = new ArrayList<>();
    services.holds().of(request.scope()).refusal(update.to()).ifPresent(refusals::add);
    if (request.policy() == ConflictPolicy.FAIL) {
      for (Decision conflict : update.plan().conflicts()) {
        refusals.add(
            Problem.of(ErrorKind.UNKNOWN, "conflict: " + conflict.reason())
                .inFile(conflict.place().live())
                .next(Advice.again(request) + " --on-conflict keep"));
      }
    }
    for (CheckReport report : reports) {
      report.blocking().forEach(f -> refusals.add(Advice.before(f, request)));
    }
    return refusals;
  }

  private UpdateResult planned(
      PlannedUpdate update, List<CheckReport> reports, List<Problem> refusals) throws IOException {
    List<String> modes = new ArrayList<>();
    for (Target target : update.live().ownTargets()) {
      modes.add(target.name() + ": " + services.transactions().swapMode(target).promise());
    }
    return new UpdateResult.Planned(
        update.from(),
        update.to(),
        update.plan(),
        update.release().ignored(),
        reports,
        refusals,
        modes,
        differences(update),
        update.release().signature(),
        update.release().offer());
  }

  private List<TextDifference> differences(PlannedUpdate update) throws IOException {
    return request.shown().isEmpty()
        ? List.of()
        : services
            .backups()
            .texts(
                update.live().own(), update.views(), update.differences(), request.shown().get());
  }
}
