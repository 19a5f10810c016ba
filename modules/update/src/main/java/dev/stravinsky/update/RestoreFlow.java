package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Backup.Extraction;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.update.Restoration;
import dev.stravinsky.api.update.RestoreRequest;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import dev.stravinsky.api.update.RestoreRequest.Purpose;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One restoration: compare, back up, unpack, stage, swap, compare again, commit. */
final class RestoreFlow {
  private final Services services;
  private final RestoreRequest request;
  private final Progress progress;
  private final Instant started;

  RestoreFlow(Services services, RestoreRequest request, Progress progress) {
    this.services = services;
    this.request = request;
    this.progress = progress;
    this.started = services.environment().clock().instant();
  }

  Restoration run() throws IOException {
    UnknownSource.requireOwnPlaces(services, request.source(), roots());
    if (request.dryRun()) {
      try (Lease lock = services.transactions().lock(List.of(), LockMode.SHARED)) {
        return restore();
      }
    }
    List<Target> targets = new ArrayList<>();
    roots().forEach(root -> targets.add(target(root)));
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      new Interrupted(services).finishLocked(request.scope(), targets);
      return restore();
    }
  }

  private Restoration restore() throws IOException {
    Map<TargetLevel, List<BackupEntry>> selected = selected();
    if (request.extent() == Extent.SELECTED && isNothingThere(selected)) {
      // Nothing is replaced, so that nothing has to be saved, nor looked at but these.
      Version version = services.installed().current(request.scope());
      return restore(new LiveState(request.scope(), version, emptyViews()), selected);
    }
    LiveState here = LiveState.read(services, request.scope());
    return restore(here.with(sourceViews(here)), selected);
  }

  private Restoration restore(LiveState live, Map<TargetLevel, List<BackupEntry>> selected)
      throws IOException {
    RestorePlan plan = plan(live, selected);
    List<RestorePlan.Step> steps = plan.steps();
    Version to =
        request.purpose() == Purpose.RECOVERY
            ? live.version()
            : request.source().manifest().version();
    if (steps.isEmpty() && to.equals(live.version()) && request.purpose() != Purpose.UNDO) {
      return restoration(live, to, Optional.empty(), List.of(), plan, List.of());
    }
    UnknownSource.refuseLinksOut(services, request.source(), live, steps);
    List<BackupEntry> contents =
        steps.stream()
            .filter(RestorePlan.Step::needsContent)
            .flatMap(step -> step.entry().stream())
            .toList();
    Extraction extraction = request.source().extract(contents);
    try {
      List<Change> changes =
          steps.stream().map(s -> s.change(s.entry().flatMap(extraction::content))).toList();
      if (request.dryRun()) {
        return restoration(live, to, Optional.empty(), changes, plan, List.of());
      }
      boolean replaces = changes.stream().anyMatch(c -> !(c.before() instanceof EntryState.Absent));
      Optional<Backup> saved =
          replaces || request.purpose() != Purpose.RECOVERY
              ? Optional.of(BeforeUpdate.backUp(services, live, changes, saveReason(), progress))
              : Optional.empty();
      // One file is written again in the time that a force takes.
      boolean taken = contents.size() > 1 && extraction.force();
      List<Problem> unfinished = swap(live, to, changes, taken, saved);
      return restoration(live, to, saved, changes, plan, unfinished);
    } finally {
      Disposal.attempt(extraction::close);
    }
  }

  /** What was left to be known. */
  private List<Problem> swap(
      LiveState live, Version to, List<Change> changes, boolean taken, Optional<Backup> saved)
      throws IOException {
    VersionCompletion completion = new VersionCompletion(services);
    TransactionRequest wanted = transactionRequest(live, to, changes, taken, saved);
    try (Transaction transaction = services.transactions().stage(wanted, completion)) {
      transaction.swap();
      List<Problem> differing = differing(changes);
      if (!differing.isEmpty()) {
        completion.because(differing);
        transaction.undo();
        throw new StravinskyException(ExitStatus.FAILED, differing, null);
      }
      transaction.commit();
      return Unfinished.of(transaction);
    } catch (IOException | RuntimeException e) {
      HiddenFailure.surface(e);
      throw e;
    }
  }

  private TransactionRequest transactionRequest(
      LiveState live, Version to, List<Change> changes, boolean taken, Optional<Backup> saved)
      throws IOException {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(VersionCompletion.FROM, live.version().value());
    attributes.put(VersionCompletion.TO, to.value());
    saved.ifPresent(before -> attributes.put(VersionCompletion.BEFORE, before.id().value()));
    attributes.put(VersionCompletion.RESTORED, request.source().id().value());
    if (request.purpose() == Purpose.UNDO) {
      VersionChange undone = services.installed().history(request.scope()).getFirst();
      attributes.put(VersionCompletion.UNDOES, undone.transactionId());
    }
    return new TransactionRequest(
        request.scope(), kind(), live.views(), changes, taken, attributes);
  }

  private Map<TargetLevel, List<BackupEntry>> selected() throws IOException {
    Map<TargetLevel, List<BackupEntry>> selected = new HashMap<>();
    try (Stream<BackupEntry> entries = request.source().entries()) {
      entries
          .filter(request.selection())
          .forEach(e -> selected.computeIfAbsent(TargetLevel.of(e), p -> new ArrayList<>()).add(e));
    }
    return selected;
  }

  private boolean isNothingThere(Map<TargetLevel, List<BackupEntry>> selected) throws IOException {
    for (Root root : roots()) {
      for (BackupEntry entry : entries(selected, root)) {
        if (Presence.exists(entry.path().resolveIn(root.path()), LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
      }
    }
    return true;
  }

  private List<TargetView> emptyViews() {
    return roots().stream().map(root -> new TargetView(target(root), List.of())).toList();
  }

  private static List<BackupEntry> entries(
      Map<TargetLevel, List<BackupEntry>> selected, Root root) {
    return selected.getOrDefault(TargetLevel.of(root), List.of());
  }

  private RestorePlan plan(LiveState live, Map<TargetLevel, List<BackupEntry>> selected)
      throws IOException {
    RestorePlan plan = new RestorePlan(request.extent());
    for (Root root : roots()) {
      plan.add(view(live, target(root)), entries(selected, root));
    }
    return plan;
  }

  /** A file goes back to where it came from, not to where a target of that name is now. */
  private List<TargetView> sourceViews(LiveState here) throws IOException {
    List<TargetView> views = new ArrayList<>();
    for (Root root : roots()) {
      views.add(view(here, target(root)));
    }
    return views;
  }

  private static TargetView view(LiveState live, Target target) throws IOException {
    for (TargetView view : live.views()) {
      if (view.target().equals(target)) {
        return view;
      }
    }
    return TargetWalk.live(target);
  }

  /** A change of version concerns the scope's own files; a recovery whatever was selected. */
  private List<Root> roots() {
    return request.source().manifest().roots().stream()
        .filter(r -> request.extent() == Extent.SELECTED || r.scope().equals(request.scope()))
        .toList();
  }

  private static Target target(Root root) {
    return new Target(root.target(), root.scope(), root.path(), root.files());
  }

  private static List<Problem> differing(List<Change> changes) throws IOException {
    List<Problem> differing = new ArrayList<>();
    if (changes.isEmpty()) {
      return differing;
    }
    try (Parallel parallel = Parallel.on(changes.getFirst().target().root())) {
      parallel.inOrder(changes, RestoreFlow::difference, found -> found.ifPresent(differing::add));
    }
    return differing;
  }

  private static Optional<Problem> difference(Change change) throws IOException {
    if (change instanceof Change.Delete) {
      return Optional.empty(); // Deleted after the commit only.
    }
    Path file = change.path().resolveIn(change.target().root());
    // Content was written at the end of a link, if there is one.
    EntryState now =
        change instanceof Change.Put ? EntryStates.regular(file) : EntryStates.of(file);
    if (now.equals(change.afterwards())) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(ErrorKind.PARTIAL_WRITE, "is not as the backup has it after the swap")
            .inFile(file)
            .leaving("your files are as they were")
            .next("stravinsky recovery emergency"));
  }

  private Restoration restoration(
      LiveState live,
      Version to,
      Optional<Backup> saved,
      List<Change> changes,
      RestorePlan plan,
      List<Problem> unfinished) {
    return new Restoration(
        live.version(),
        to,
        request.source().id(),
        saved.map(Backup::id),
        changes,
        plan.kept(),
        unfinished,
        Duration.between(started, services.environment().clock().instant()));
  }

  private BackupReason saveReason() {
    return request.purpose() == Purpose.RECOVERY
        ? BackupReason.PRE_RECOVERY
        : BackupReason.PRE_ROLLBACK;
  }

  private String kind() {
    return switch (request.purpose()) {
      case ROLLBACK -> VersionCompletion.Kinds.ROLLBACK;
      case UNDO -> VersionCompletion.Kinds.UNDO;
      case RECOVERY -> VersionCompletion.Kinds.RECOVERY;
    };
  }
}
