package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration as it is now: which version, which files, and which of them a release brought.
 *
 * @param views every target that a backup of the scope holds, the origins marked
 */
record LiveState(Scope scope, Version version, List<TargetView> views) {

  static LiveState read(Services services, Scope scope) throws IOException {
    Map<String, Set<EntryPath>> released = released(services, scope);
    List<TargetView> views =
        Targets.live(services.targets().backedUpWith(scope)).stream()
            .map(view -> marked(view, scope, released))
            .toList();
    return new LiveState(scope, services.installed().current(scope), views);
  }

  /** The targets of the scope itself, without the project's that a user's backup also holds. */
  List<TargetView> own() {
    return views.stream().filter(v -> v.target().scope().equals(scope)).toList();
  }

  List<Target> ownTargets() {
    return own().stream().map(TargetView::target).toList();
  }

  /** The same with these views added, or in the place of those of the same target and level. */
  LiveState with(List<TargetView> others) {
    List<TargetView> all = new ArrayList<>(others);
    for (TargetView view : views) {
      TargetLevel place = TargetLevel.of(view.target());
      if (others.stream().noneMatch(other -> TargetLevel.of(other.target()).equals(place))) {
        all.add(view);
      }
    }
    return new LiveState(scope, version, all);
  }

  BackupRequest backupAs(BackupReason reason) {
    return new BackupRequest(scope, version, reason, views, Optional.empty(), false);
  }

  private static TargetView marked(
      TargetView view, Scope scope, Map<String, Set<EntryPath>> released) {
    if (!view.target().scope().equals(scope)) {
      return view;
    }
    Set<EntryPath> paths = released.getOrDefault(view.target().name(), Set.of());
    return view.withOrigins(paths::contains);
  }

  /**
   * By target, what counts as the installed release's: as its backup says, or the release itself.
   */
  private static Map<String, Set<EntryPath>> released(Services services, Scope scope)
      throws IOException {
    List<VersionChange> history = services.installed().history(scope);
    Map<String, Set<EntryPath>> released = new HashMap<>();
    if (history.isEmpty()) {
      return released;
    }
    try {
      Optional<Backup> installed = services.backups().find(scope, history.getFirst().installed());
      // A damaged list of the release's files would make some of them the user's, or the reverse.
      if (installed.isPresent() && isIntact(services, installed.get())) {
        return released(installed.get(), scope);
      }
    } catch (DamagedException | RefusedException e) {
      // Verifying tells of it; here it must not stand in the way of another backup.
    }
    // Its backup is damaged or was quarantined: the release as published is the next best witness.
    Optional<Release> published = services.releases().published(history.getFirst().to());
    published.ifPresent(r -> r.files().forEach(f -> add(released, f.target(), f.path())));
    return released;
  }

  private static Map<String, Set<EntryPath>> released(Backup installed, Scope scope)
      throws IOException {
    Map<String, Set<EntryPath>> released = new HashMap<>();
    try (Stream<BackupEntry> entries = installed.entries()) {
      entries
          .filter(e -> e.origin() == Origin.RELEASE && e.level().equals(scope.level()))
          .filter(e -> !(e.state() instanceof EntryState.Directory))
          .forEach(e -> add(released, e.target(), e.path()));
    }
    return released;
  }

  private static boolean isIntact(Services services, Backup backup) throws IOException {
    return services.backups().verify(backup, new Depth.Stored(), Progress.NONE).intact();
  }

  private static void add(Map<String, Set<EntryPath>> released, String target, EntryPath path) {
    released.computeIfAbsent(target, t -> new HashSet<>()).add(path);
  }
}
