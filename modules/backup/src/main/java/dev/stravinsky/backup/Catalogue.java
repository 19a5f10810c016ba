package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which backups there are, read from their manifests' heads. */
final class Catalogue {
  private static final Comparator<StoredBackup> OLDEST_FIRST =
      Order.inTurn(
          Order.by(b -> b.manifest().timestamp()),
          Order.by(b -> b.manifest().trailHead().seq()),
          Order.by(b -> number(b.id().value())),
          Order.by(b -> b.id().value()));

  private final Environment environment;
  private final Folders folders;
  private final KnownHeads heads = new KnownHeads();

  Catalogue(Environment environment, Folders folders) {
    this.environment = environment;
    this.folders = folders;
  }

  /**
   * What was found in a scope.
   *
   * @param backups those that can be read, newest first
   * @param unreadable what is wrong with folders that are named like backups and cannot be read so
   */
  record Found(List<StoredBackup> backups, List<Problem> unreadable) {}

  List<StoredBackup> list(Scope scope) throws IOException {
    return read(scope).backups();
  }

  Found read(Scope scope) throws IOException {
    List<StoredBackup> backups = new ArrayList<>();
    List<Problem> unreadable = new ArrayList<>();
    for (Path folder : folders.backups(scope)) {
      try {
        backups.add(open(folder));
      } catch (DamagedException | RefusedException e) {
        unreadable.addAll(e.problems()); // Never silently gone: told here, and find() throws.
      }
    }
    backups.sort(Order.reversed(OLDEST_FIRST));
    return new Found(backups, unreadable);
  }

  Optional<StoredBackup> find(Scope scope, BackupId id) throws IOException {
    Path folder = folders.of(scope, id);
    return Presence.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(open(folder))
        : Optional.empty();
  }

  /** Opens a published backup. Throws DamagedException if it is none or says another id. */
  StoredBackup open(Path folder) throws IOException {
    Path manifest = folder.resolve(ManifestWriter.NAME);
    try {
      StoredBackup backup = new StoredBackup(environment, folder, heads.read(manifest));
      if (!backup.id().value().equals(folder.getFileName().toString())) {
        throw damaged(manifest, "says that it is of backup " + backup.id(), folder);
      }
      if (!folders.of(backup.manifest().scope()).equals(folder.getParent())) {
        String scope = backup.manifest().scope().toString();
        throw damaged(manifest, "says that it is of another scope: " + scope, folder);
      }
      return backup;
    } catch (NoSuchFileException e) {
      throw damaged(manifest, "is missing", folder);
    }
  }

  private static DamagedException damaged(Path manifest, String what, Path folder) {
    return new DamagedException(
        Problem.of(ErrorKind.CORRUPTED_BACKUP, what)
            .inFile(manifest)
            .leaving("nothing was changed")
            .next("stravinsky backup verify " + folder.getFileName()));
  }

  /** The id for a new backup: the version's own, or the next number after those that there are. */
  BackupId freeId(BackupRequest request, Set<BackupId> remembered) throws IOException {
    String base = base(request);
    Set<String> taken = new HashSet<>();
    remembered.forEach(id -> taken.add(id.value()));
    folders.backups(request.scope()).forEach(f -> taken.add(f.getFileName().toString()));
    for (Path pending : folders.allPending()) {
      try {
        taken.add(StoredBackup.open(environment, pending).id().value());
      } catch (DamagedException | RefusedException | NoSuchFileException e) {
        continue; // One that cannot be read can never be published.
      }
    }
    boolean known = taken.stream().anyMatch(id -> BackupNames.base(id).equals(base));
    long highest =
        taken.stream()
            .filter(id -> BackupNames.base(id).equals(base))
            .mapToLong(Catalogue::number)
            .max()
            .orElse(0);
    return new BackupId(known ? base + "@" + (highest + 1) : base);
  }

  private static String base(BackupRequest request) {
    return request.version().value()
        + (request.reason().isSafeguard() ? "." + request.reason().written() : "");
  }

  /** {@code v1@3} is the third, {@code v1} the first. */
  private static long number(String id) {
    int at = id.indexOf('@');
    try {
      return at < 0 ? 1 : Long.parseLong(id.substring(at + 1));
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
