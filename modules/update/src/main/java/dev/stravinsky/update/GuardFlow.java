package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.api.update.GuardResult;
import dev.stravinsky.spi.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One guarded program. Its entry in the journal is a transaction that exchanges nothing itself:
 * until it is committed, whatever ends it puts the state before back ({@link GuardCompletion}).
 */
final class GuardFlow {
  private final Services services;
  private final GuardRequest request;
  private final Progress progress;
  private final Instant started;
  private List<Target> targets = List.of();

  GuardFlow(Services services, GuardRequest request, Progress progress) {
    this.services = services;
    this.request = request;
    this.progress = progress;
    this.started = services.environment().clock().instant();
  }

  GuardResult run() throws IOException {
    if (request.plugins()) {
      services.checks().warmUp();
    }
    targets = services.targets().backedUpWith(request.scope());
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      new Interrupted(services).finishLocked(request.scope(), targets);
      return guarded(LiveState.read(services, request.scope()));
    }
  }

  private GuardResult guarded(LiveState live) throws IOException {
    GuardChecks checks = new GuardChecks(services, request, live);
    GuardEvents events = new GuardEvents(services, request, live.version());
    List<Finding> blocking = checks.before().blocking();
    if (!blocking.isEmpty()) {
      List<Problem> refusals = GuardChecks.blocking(blocking);
      events.blocked(refusals, blocking);
      return new GuardResult.Blocked(refusals);
    }
    Surroundings around = Surroundings.of(targets);
    Backup before = services.backups().create(live.backupAs(BackupReason.PRE_UPDATE), progress);
    GuardedWork work = new GuardedWork(services, request, live, before);
    GuardUndo undo = new GuardUndo(services, request.scope(), targets, around, before);
    VersionCompletion told = new VersionCompletion(services);
    GuardCompletion completion = new GuardCompletion(told, undo);
    events.started();
    try (FileSystems written = FileSystems.of(services.environment().platform(), targets);
        Transaction transaction = stage(live, around, before, completion)) {
      Optional<Ended> ended = work.run(transaction.id());
      work.look(checks, around);
      told.telling(work.details());
      if (work.problems().isEmpty()) {
        return kept(work, written, transaction);
      }
      told.because(work.problems());
      transaction.undo();
      completion.requireUndone();
      return undone(work, ended, undo, Unfinished.of(transaction));
    } catch (IOException | RuntimeException e) {
      completion.requireUndone();
      throw e;
    }
  }

  /** What the program did is in force as soon as it is forced, and the commit after it. */
  private GuardResult kept(GuardedWork work, FileSystems written, Transaction transaction)
      throws IOException {
    written.force(work.changedFiles());
    transaction.swap();
    transaction.commit();
    List<Problem> warnings = new ArrayList<>(work.warnings());
    warnings.addAll(Unfinished.of(transaction));
    Retained.cleanUp(services, request.scope()).ifPresent(warnings::add);
    return new GuardResult.Done(work.before().id(), work.differences(), warnings, took());
  }

  private GuardResult undone(
      GuardedWork work, Optional<Ended> ended, GuardUndo undo, List<Problem> unfinished) {
    List<Problem> problems = new ArrayList<>(work.problems());
    problems.addAll(undo.notes());
    problems.addAll(unfinished);
    return new GuardResult.RolledBack(
        ended, work.before().id(), undo.saved(), work.differences(), problems, took());
  }

  private Transaction stage(
      LiveState live, Surroundings around, Backup before, GuardCompletion completion)
      throws IOException {
    Map<String, String> attributes = new HashMap<>(around.attributes());
    attributes.put(VersionCompletion.FROM, live.version().value());
    attributes.put(VersionCompletion.TO, live.version().value());
    attributes.put(VersionCompletion.BEFORE, before.id().value());
    attributes.put(VersionCompletion.COMMAND, GuardTrail.command(request.command()));
    return services
        .transactions()
        .stage(
            new TransactionRequest(
                request.scope(),
                VersionCompletion.Kinds.GUARD,
                live.views(),
                List.of(),
                attributes),
            completion);
  }

  private Duration took() {
    return Duration.between(started, services.environment().clock().instant());
  }
}
