package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Backups that the trail says were made, that nobody deleted, and that are not there. */
final class Missing {
  private final Environment environment;
  private final Folders folders;
  private final Witness witness;

  Missing(Environment environment, Folders folders, Witness witness) {
    this.environment = environment;
    this.folders = folders;
    this.witness = witness;
  }

  /** The events of their making, by key. */
  Map<String, AuditEvent> of(Scope scope) throws IOException {
    Map<String, AuditEvent> missing = witness.present();
    List<String> underWay = new ArrayList<>();
    for (Path each : folders.leftovers()) {
      underWay.add(each.getFileName().toString());
    }
    for (Path pending : folders.allPending()) {
      underWay.add(Folders.deletingName(StoredBackup.idOf(pending)));
    }
    List<String> quarantined = names(environment.home().quarantine());
    String place = folders.key(folders.of(scope));
    for (String key : List.copyOf(missing.keySet())) {
      int slash = key.lastIndexOf('/');
      String name = key.substring(slash + 1);
      if (!key.substring(0, Math.max(0, slash)).equals(place)
          || Presence.isDirectory(folders.top().resolve(key), LinkOption.NOFOLLOW_LINKS)
          || starts(underWay, Folders.deletingName(name))
          || starts(quarantined, key.replace('/', '_') + "-")) {
        missing.remove(key);
      }
    }
    return missing;
  }

  List<Problem> problems(Scope scope) throws IOException {
    List<Problem> problems = new ArrayList<>();
    of(scope)
        .forEach(
            (key, made) ->
                problems.add(
                    Problem.of(
                            ErrorKind.CORRUPTED_BACKUP,
                            "is not there any more: the trail says that it was made "
                                + made.timestamp()
                                + ", and of no deletion")
                        .inFile(folders.top().resolve(key))
                        .leaving("nothing was changed")
                        .next("stravinsky audit show " + made.content().eventId())));
    return problems;
  }

  private static boolean starts(List<String> names, String beginning) {
    return names.stream().anyMatch(name -> name.startsWith(beginning));
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Presence.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
        all.forEach(each -> names.add(each.getFileName().toString()));
      }
    }
    return names;
  }
}
