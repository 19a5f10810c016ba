package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the phases' checks for one update. */
final class UpdateChecks {
  private final Services services;
  private final UpdateRequest request;
  private final PlannedUpdate update;

  UpdateChecks(Services services, UpdateRequest request, PlannedUpdate update) {
    this.services = services;
    this.request = request;
    this.update = update;
  }

  /**
   * The machine and the live state, then the state that would be; all findings of both.
   *
   * @param meanwhile what can be done while other processes look
   */
  List<CheckReport> beforeSwap(Runnable meanwhile) throws IOException {
    if (!services.settings().update().preUpdateChecksEnabled()) {
      return List.of();
    }
    List<TargetView> live = update.live().views();
    return services
        .checks()
        .run(
            List.of(
                asking(Phase.PRE_UPDATE, live, List.of(), Cancellation.NEVER),
                asking(Phase.STAGED, planned(), live, Cancellation.NEVER)),
            meanwhile);
  }

  /** The new state, live; cut off after {@code update.auto_rollback_timeout_seconds}. */
  Optional<CheckReport> afterSwap() throws IOException {
    var settings = services.settings().update();
    if (!settings.postUpdateVerificationEnabled()) {
      return Optional.empty();
    }
    Clock clock = services.environment().clock();
    Instant deadline = clock.instant().plusSeconds(settings.autoRollbackTimeoutSeconds());
    List<TargetView> now =
        Targets.live(update.live().views().stream().map(TargetView::target).toList()).stream()
            .map(this::withoutDeleted)
            .toList();
    // The old content is not at its live place any more: what was planned, and passed, is compared.
    CheckReport report =
        services
            .checks()
            .run(
                asking(Phase.POST_UPDATE, now, planned(), () -> clock.instant().isAfter(deadline)));
    services.checks().noMoreChecks();
    return Optional.of(report);
  }

  /** What goes after the commit is still there, but is no part of the state to judge. */
  private TargetView withoutDeleted(TargetView live) {
    Set<TargetPath> deleted =
        update.changes().stream()
            .filter(Change.Delete.class::isInstance)
            .map(change -> new TargetPath(change.target(), change.path()))
            .collect(Collectors.toSet());
    return new TargetView(
        live.target(),
        live.nodes().stream()
            .filter(node -> !deleted.contains(new TargetPath(live.target(), node.path())))
            .toList());
  }

  private List<TargetView> planned() {
    return update.views();
  }

  /** Judges {@code views}; faults that {@code before} has too, if there is one, only warn. */
  private CheckRequest asking(
      Phase phase, List<TargetView> views, List<TargetView> before, Cancellation cancellation)
      throws IOException {
    return new CheckRequest(
        context(phase, views, cancellation),
        before.isEmpty() ? Optional.empty() : Optional.of(context(phase, before, cancellation)),
        Set.of(),
        request.accepted(),
        request.plugins());
  }

  private CheckContext context(Phase phase, List<TargetView> views, Cancellation cancellation)
      throws IOException {
    return CheckContexts.of(
        services,
        phase,
        update.live(),
        views,
        new CheckContexts.Incoming(
            expected(),
            update.changes().stream().map(c -> new TargetPath(c.target(), c.path())).toList(),
            Optional.of(update.release().version()),
            update.release().requiredCommands(),
            requiredBytes()),
        cancellation);
  }

  private Map<TargetPath, EntryState> expected() {
    Map<TargetPath, EntryState> expected = new HashMap<>();
    for (Change change : update.changes()) {
      // Deletions come after the commit.
      if (!(change instanceof Change.Delete)) {
        expected.put(new TargetPath(change.target(), change.path()), change.afterwards());
      }
    }
    return expected;
  }

  private long requiredBytes() {
    return update.changes().stream()
        .mapToLong(c -> c.afterwards() instanceof EntryState.Regular r ? r.sizeBytes() : 0)
        .sum();
  }
}
