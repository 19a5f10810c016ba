package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the backup that a person means by a version or an id. */
final class Resolver {
  private final Catalogue catalogue;
  private final Retention.Intact intact;

  Resolver(Catalogue catalogue, Retention.Intact intact) {
    this.catalogue = catalogue;
    this.intact = intact;
  }

  StoredBackup resolve(Scope scope, String versionOrId) throws IOException {
    List<StoredBackup> all = catalogue.list(scope);
    List<StoredBackup> candidates = candidates(all, versionOrId);
    if (candidates.isEmpty()) {
      candidates = exact(scope, all, versionOrId);
    }
    for (StoredBackup candidate : candidates) {
      if (intact.test(candidate)) {
        return candidate;
      }
    }
    throw damaged(all, candidates.getFirst(), versionOrId);
  }

  /**
   * The version's backups, newest first. Safeguards come last: what was there before somebody
   * rolled back is not what is meant by the version, if there is anything else.
   */
  private static List<StoredBackup> candidates(List<StoredBackup> all, String version) {
    List<StoredBackup> candidates = new ArrayList<>();
    List<StoredBackup> safeguards = new ArrayList<>();
    for (StoredBackup backup : all) {
      if (backup.manifest().version().value().equals(version)) {
        boolean safeguard = backup.manifest().reason().isSafeguard();
        (safeguard ? safeguards : candidates).add(backup);
      }
    }
    candidates.addAll(safeguards);
    return candidates;
  }

  private List<StoredBackup> exact(Scope scope, List<StoredBackup> all, String id)
      throws IOException {
    try {
      // A version's first backup has the version's name alone, which means its newest one here.
      String name =
          id.endsWith(BackupId.FIRST) ? id.substring(0, id.length() - BackupId.FIRST.length()) : id;
      Optional<StoredBackup> found = catalogue.find(scope, new BackupId(name));
      if (found.isPresent()) {
        return List.of(found.get());
      }
    } catch (IllegalArgumentException e) {
      throw notFound(all, id); // Not even a possible id.
    } catch (DamagedException e) {
      List<Problem> problems = new ArrayList<>(e.problems());
      problems.add(offer(all));
      throw new DamagedException(problems);
    }
    throw notFound(all, id);
  }

  private static NotFoundException notFound(List<StoredBackup> all, String wanted) {
    String versions =
        all.stream()
            .map(b -> b.manifest().version().value())
            .distinct()
            .collect(Collectors.joining(", "));
    String others = versions.isEmpty() ? "there are no backups yet" : "there are: " + versions;
    Set<String> names = new LinkedHashSet<>();
    all.forEach(b -> names.add(b.manifest().version().value()));
    all.forEach(b -> names.add(b.id().value()));
    String meant =
        NearMiss.of(wanted, names).map(name -> " (did you mean " + name + "?)").orElse("");
    return new NotFoundException(
        Problem.of(
                ErrorKind.VERSION_MISMATCH,
                "there is no backup of " + wanted + meant + "; " + others)
            .leaving("nothing was changed")
            .next("stravinsky backup list"));
  }

  private DamagedException damaged(List<StoredBackup> all, StoredBackup newest, String wanted)
      throws IOException {
    List<StoredBackup> older =
        all.subList(all.indexOf(newest) < 0 ? 0 : all.indexOf(newest) + 1, all.size());
    Problem problem =
        Problem.of(ErrorKind.CORRUPTED_BACKUP, "every backup of " + wanted + " is damaged")
            .inFile(newest.directory())
            .leaving("nothing was changed")
            .next("stravinsky backup verify " + newest.id());
    return new DamagedException(List.of(problem, offer(older)));
  }

  /** Names the newest intact one of these. */
  private Problem offer(List<StoredBackup> newestFirst) throws IOException {
    for (StoredBackup backup : newestFirst) {
      if (intact.test(backup)) {
        return Problem.of(
                ErrorKind.CORRUPTED_BACKUP, "the next older intact backup is " + backup.id())
            .inFile(backup.directory())
            .next("stravinsky rollback to " + backup.id());
      }
    }
    return Problem.of(ErrorKind.CORRUPTED_BACKUP, "no older backup is intact")
        .next("stravinsky recovery emergency");
  }
}
