package dev.stravinsky.recovery;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why something that a person named cannot come back, and what they may have meant. */
final class NotThere {
  private final Services services;
  private final Scope scope;
  private final PathRecovery.Level level;

  NotThere(Services services, Scope scope, PathRecovery.Level level) {
    this.services = services;
    this.scope = scope;
    this.level = level;
  }

  /** What a backup would give back for one of these places. */
  interface Lookup {
    Optional<Selection> wanted(Backup backup, List<Path> places);
  }

  StravinskyException because(List<Path> places, Optional<String> version, Lookup lookup)
      throws IOException {
    Path place = places.getFirst();
    if (level == PathRecovery.Level.FILE && Presence.isDirectory(place)) {
      return PathRecovery.directoryForFile(place);
    }
    List<Backup> all = services.backups().list(scope);
    Set<Path> covered = covered(all);
    if (covered.stream().noneMatch(each -> places.stream().anyMatch(p -> p.startsWith(each)))) {
      String names = covered.stream().map(Path::toString).collect(Collectors.joining(", "));
      return missing(place, "is in none of the places that are backed up: " + names, "status");
    }
    if (version.isEmpty()) {
      return missing(place, "no backup has it", "backup list");
    }
    Set<String> having = new LinkedHashSet<>();
    for (Backup backup : all) {
      Optional<Selection> wanted = lookup.wanted(backup, places);
      if (wanted.isPresent() && wanted.get().isIn(backup)) {
        having.add(backup.id().value());
      }
    }
    String what = "the backup of " + version.get() + " does not have it";
    return having.isEmpty()
        ? missing(place, what + ", and no other does", "backup list")
        : new NotFoundException(
            problem(place, what + "; these have it: " + String.join(", ", having))
                .next(level.command(place) + " " + having.iterator().next()));
  }

  /** Whole trees and single files, of the targets that there are and of those that there were. */
  private Set<Path> covered(List<Backup> all) throws IOException {
    Set<Path> covered = new TreeSet<>();
    for (Target target : services.targets().backedUpWith(scope)) {
      add(covered, target.root(), target.files());
    }
    for (Backup backup : all) {
      for (Root root : backup.manifest().roots()) {
        add(covered, root.path(), root.files());
      }
    }
    return covered;
  }

  private static void add(Set<Path> covered, Path root, List<String> files) {
    if (files.isEmpty()) {
      covered.add(root);
    }
    files.forEach(file -> covered.add(root.resolve(file)));
  }

  private static NotFoundException missing(Path place, String what, String next) {
    return new NotFoundException(problem(place, what).next("stravinsky " + next));
  }

  private static Problem problem(Path place, String what) {
    return Problem.of(ErrorKind.UNKNOWN, what).inFile(place).leaving("nothing was changed");
  }
}
