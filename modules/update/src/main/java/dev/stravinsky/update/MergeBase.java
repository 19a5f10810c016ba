package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which release the live files come from. A version can have come twice with other content, and an
 * undo or rollback leads back to what it was before: so of all that were installed under the
 * version, it is the one that most files of the installed version's backup are of. Where they say
 * nothing, it is the newest.
 */
final class MergeBase {
  private final Services services;
  private final LiveState live;

  MergeBase(Services services, LiveState live) {
    this.services = services;
    this.live = live;
  }

  /** Empty if no release was installed, or what was is not kept any more. */
  Optional<Release> find() throws IOException {
    if (live.version().equals(Version.UNTRACKED)) {
      return Optional.empty();
    }
    List<Release> all = services.releases().everyPublished(live.version());
    if (all.size() < 2) {
      return all.stream().findFirst();
    }
    Map<File, EntryState> installed = installed();
    Release best = all.getFirst();
    long most = 0;
    for (Release each : all) {
      long alike = each.files().stream().filter(file -> isAsIn(installed, file)).count();
      // Less what this one lacks, or each release would be as good as a part of it.
      long score = 2 * alike - each.files().size();
      if (each == best || score > most) {
        best = each;
        most = score;
      }
    }
    return Optional.of(best);
  }

  /** A file of a release, wherever it is installed. */
  private record File(String target, EntryPath path) {}

  private static boolean isAsIn(Map<File, EntryState> installed, ReleaseFile file) {
    EntryState there =
        installed.getOrDefault(new File(file.target(), file.path()), EntryState.ABSENT);
    return there instanceof EntryState.Regular one
            && file.state() instanceof EntryState.Regular other
        ? one.sha256().equals(other.sha256())
        : there.equals(file.state());
  }

  private Map<File, EntryState> installed() throws IOException {
    List<VersionChange> history = services.installed().history(live.scope());
    if (!history.isEmpty()) {
      try {
        Optional<Backup> backup =
            services.backups().find(live.scope(), history.getFirst().installed());
        if (backup.isPresent()) {
          return released(backup.get());
        }
      } catch (DamagedException | RefusedException e) {
        // Verifying tells of it; what is live is the next best witness.
      }
    }
    return released(live.own());
  }

  private Map<File, EntryState> released(Backup backup) throws IOException {
    Map<File, EntryState> released = new HashMap<>();
    try (Stream<BackupEntry> entries = backup.entries()) {
      entries
          .filter(e -> e.origin() == Origin.RELEASE && e.level().equals(live.scope().level()))
          .forEach(e -> released.put(new File(e.target(), e.path()), content(e)));
    }
    return released;
  }

  /** What was installed through a link of the user's is at its end. */
  private static EntryState content(BackupEntry entry) {
    return entry.linked().isPresent() ? entry.linked().get() : entry.state();
  }

  private static Map<File, EntryState> released(List<TargetView> views) throws IOException {
    Map<File, EntryState> released = new HashMap<>();
    for (TargetView view : views) {
      for (TargetView.Node node : view.nodes()) {
        if (node.origin() == Origin.RELEASE) {
          released.put(new File(view.target().name(), node.path()), EntryStates.of(node.content()));
        }
      }
    }
    return released;
  }
}
