package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the backup that is to be salvaged, in its place or in quarantine. */
final class SalvageChoice {
  private final Services services;
  private final Folders folders;
  private final Witness witness;

  SalvageChoice(Services services, Folders folders, Witness witness) {
    this.services = services;
    this.folders = folders;
    this.witness = witness;
  }

  /**
   * A folder that is or was a backup's.
   *
   * @param stored empty if its manifest cannot be believed
   */
  private record Candidate(
      Path folder, String id, boolean quarantined, Optional<StoredBackup> stored, Instant made) {

    String version() {
      return stored
          .map(backup -> backup.manifest().version().value())
          .orElseGet(() -> BackupNames.version(id));
    }

    boolean isSafeguard() {
      return stored
          .map(backup -> backup.manifest().reason().isSafeguard())
          .orElseGet(() -> BackupNames.isSafeguard(id));
    }
  }

  List<String> ids(Scope scope) throws IOException {
    return candidates(scope).stream()
        .filter(each -> each.quarantined() || each.stored().isEmpty())
        .map(Candidate::id)
        .distinct()
        .toList();
  }

  Salvage salvage(Scope scope, String versionOrId) throws IOException {
    List<Candidate> all = candidates(scope);
    List<Candidate> named = all.stream().filter(c -> c.version().equals(versionOrId)).toList();
    if (named.isEmpty()) {
      named = all.stream().filter(c -> c.id().equals(versionOrId)).toList();
    }
    Optional<Salvage> best = Optional.empty();
    for (Candidate each : named) {
      Salvage salvage = salvage(scope, each);
      if (salvage.isWhole()) {
        return salvage;
      }
      best = best.or(() -> Optional.of(salvage));
    }
    return best.orElseThrow(
        () ->
            new NotFoundException(
                Problem.of(
                        ErrorKind.VERSION_MISMATCH,
                        "there is no backup of " + versionOrId + ", not even in quarantine")
                    .leaving("nothing was changed")
                    .next("stravinsky backup list")));
  }

  private Salvage salvage(Scope scope, Candidate candidate) throws IOException {
    if (candidate.stored().isPresent()) {
      try {
        return Salvaging.of(services, candidate.stored().get());
      } catch (DamagedException e) {
        // Its checksum is right and it cannot be read all the same: as good as none.
      }
    }
    return HeaderSalvaging.of(services, scope, candidate.folder(), new BackupId(candidate.id()));
  }

  private List<Candidate> candidates(Scope scope) throws IOException {
    List<Candidate> all = new ArrayList<>();
    for (Path folder : folders.backups(scope)) {
      candidate(scope, folder, folder.getFileName().toString(), false).ifPresent(all::add);
    }
    for (Map.Entry<Path, String> each : folders.quarantined(scope).entrySet()) {
      candidate(scope, each.getKey(), each.getValue(), true).ifPresent(all::add);
    }
    all.sort(
        Comparator.comparing(Candidate::isSafeguard)
            .thenComparing(Candidate::quarantined)
            .thenComparing(Candidate::made, Comparator.reverseOrder()));
    return all;
  }

  /** Empty for one of a newer format: not damage, and not ours to guess at. */
  private Optional<Candidate> candidate(Scope scope, Path folder, String id, boolean quarantined)
      throws IOException {
    Optional<StoredBackup> stored;
    try {
      stored = believed(scope, folder, id);
    } catch (RefusedException e) {
      return Optional.empty();
    }
    Instant made =
        stored.isPresent()
            ? stored.get().manifest().timestamp()
            : Files.getLastModifiedTime(folder).toInstant();
    return Optional.of(new Candidate(folder, id, quarantined, stored, made));
  }

  private Optional<StoredBackup> believed(Scope scope, Path folder, String id) throws IOException {
    try {
      StoredBackup backup = StoredBackup.open(services.environment(), folder);
      boolean same = backup.id().value().equals(id) && backup.manifest().scope().equals(scope);
      String key = folders.key(folders.of(scope, new BackupId(id)));
      return same && FolderFiles.isConfirmed(folder, witness.manifestSum(key))
          ? Optional.of(backup)
          : Optional.empty();
    } catch (DamagedException | NoSuchFileException e) {
      return Optional.empty();
    } catch (RefusedException e) {
      if (FolderFiles.isConfirmed(folder, Optional.empty())) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
