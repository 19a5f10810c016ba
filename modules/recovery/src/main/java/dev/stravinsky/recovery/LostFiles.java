package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.recovery.RecoveryResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a damaged backup cannot give back, each with the next older backup that can. */
final class LostFiles {
  private final Services services;
  private final Scope scope;

  LostFiles(Services services, Scope scope) {
    this.services = services;
    this.scope = scope;
  }

  private record Key(String target, String level, EntryPath path) {}

  /** Those that are selected and not live just as the backup had them. */
  List<RecoveryResult.Lost> of(Salvage salvage, Selection selection) throws IOException {
    Map<Key, Salvage.Lost> lost = new LinkedHashMap<>();
    Map<Key, Path> places = new HashMap<>();
    for (Salvage.Lost each : salvage.lost()) {
      Optional<Path> place = place(salvage.backup(), each);
      if (selection.has(each) && place.isPresent() && !isLive(each, place.get())) {
        Key key = new Key(each.target(), each.level(), each.path());
        lost.put(key, each);
        places.put(key, place.get());
      }
    }
    Map<Key, BackupId> older = older(salvage.backup(), places);
    List<RecoveryResult.Lost> told = new ArrayList<>();
    lost.forEach(
        (key, each) ->
            told.add(
                new RecoveryResult.Lost(
                    places.get(key), each.why(), Optional.ofNullable(older.get(key)))));
    return told;
  }

  private static Optional<Path> place(Backup backup, Salvage.Lost lost) {
    return backup.manifest().roots().stream()
        .filter(root -> isOf(root, lost.target(), lost.level()))
        .map(root -> lost.path().resolveIn(root.path()))
        .findFirst();
  }

  private static boolean isOf(Root root, String target, String level) {
    return root.target().equals(target) && root.scope().level().equals(level);
  }

  private static boolean isLive(Salvage.Lost lost, Path place) throws IOException {
    return lost.entry().isPresent()
        && EntryStates.of(place).equals(lost.entry().get().state())
        && lost.entry().get().linked().isEmpty();
  }

  /** Each backup is read once, the newest first, and only while something is looked for. */
  private Map<Key, BackupId> older(Backup source, Map<Key, Path> places) throws IOException {
    Map<Key, Path> wanted = new HashMap<>(places);
    Map<Key, BackupId> found = new HashMap<>();
    for (Backup backup : services.backups().list(scope)) {
      boolean isOlder =
          backup.manifest().timestamp().isBefore(source.manifest().timestamp())
              && !backup.directory().equals(source.directory());
      if (wanted.isEmpty()) {
        break;
      }
      if (isOlder
          && services.backups().verify(backup, new Depth.Stored(), Progress.NONE).intact()) {
        try (Stream<BackupEntry> entries = backup.entries()) {
          entries.forEach(entry -> match(backup, entry, wanted, found));
        }
      }
    }
    return found;
  }

  private static void match(
      Backup backup, BackupEntry entry, Map<Key, Path> wanted, Map<Key, BackupId> found) {
    Key key = new Key(entry.target(), entry.level(), entry.path());
    Path place = wanted.get(key);
    boolean same =
        place != null
            && backup.manifest().roots().stream()
                .filter(root -> isOf(root, entry.target(), entry.level()))
                .anyMatch(root -> entry.path().resolveIn(root.path()).equals(place));
    if (same) {
      wanted.remove(key);
      found.put(key, backup.id());
    }
  }
}
