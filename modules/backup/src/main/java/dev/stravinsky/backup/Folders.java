package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where backups are: a scope's folders, and the hidden ones of work under way. */
final class Folders {
  private static final String PENDING = ".pending-";
  private static final String BUILDING = ".building-";
  private static final String DELETING = ".deleting-";
  private static final String PROJECTS = "projects";
  private static final int HASH_DIGITS = 12;

  private final Environment environment;

  Folders(Environment environment) {
    this.environment = environment;
  }

  /** Where the scope's backups are. */
  Path of(Scope scope) {
    // A switch over types is linked at its first use, which takes 5 ms of every command.
    return scope instanceof Scope.Project project
        ? environment.home().projectBackups().resolve(name(project))
        : top();
  }

  Path top() {
    return environment.home().backups();
  }

  Path of(Scope scope, BackupId id) {
    return of(scope).resolve(id.value());
  }

  Path pending(String transactionId) {
    return top().resolve(PENDING + FolderFiles.requireName(transactionId));
  }

  /** A name for something to be built or deleted, that nobody else has. */
  Path building() {
    return top().resolve(BUILDING + environment.ids().get());
  }

  Path deleting(Path backup) {
    return top().resolve(deletingName(backup.getFileName() + "") + environment.ids().get());
  }

  /** How the names of folders begin in which a backup of this name is deleted. */
  static String deletingName(String backup) {
    return DELETING + backup + "-";
  }

  /** The folder's place below {@code backups/}: how the trail names a backup. */
  String key(Path folder) {
    return top().relativize(folder).toString().replace(top().getFileSystem().getSeparator(), "/");
  }

  /** Where a backup goes that is not to be used any more, marked so that nothing is replaced. */
  Path quarantined(String key, String mark) {
    return environment.home().quarantine().resolve(key.replace('/', '_') + "-" + mark);
  }

  /** The scope's backups in quarantine, with the ids that they had. */
  Map<Path, String> quarantined(Scope scope) throws IOException {
    String prefix = key(of(scope, new BackupId("x"))).replace('/', '_');
    prefix = prefix.substring(0, prefix.length() - 1);
    Map<Path, String> found = new TreeMap<>();
    for (Path folder : below(environment.home().quarantine())) {
      String name = folder.getFileName().toString();
      int mark = name.lastIndexOf('-');
      boolean own = name.startsWith(prefix) && mark > prefix.length();
      if (own && !(scope instanceof Scope.User && name.startsWith(PROJECTS + "_"))) {
        String id = name.substring(prefix.length(), mark);
        if (isBackupName(id)) {
          found.put(folder, id);
        }
      }
    }
    return found;
  }

  /** The scope's folders that are named like backups. */
  List<Path> backups(Scope scope) throws IOException {
    return below(of(scope)).stream()
        .filter(folder -> isBackupName(folder.getFileName().toString()))
        .toList();
  }

  /** The folders of all projects' backups. */
  List<Path> allBackups() throws IOException {
    List<Path> all = new ArrayList<>(backups(Scope.USER));
    for (Path project : below(environment.home().projectBackups())) {
      all.addAll(below(project));
    }
    return all;
  }

  /** Whose pending backups there are. */
  List<String> pendingTransactions() throws IOException {
    return allPending().stream()
        .map(folder -> folder.getFileName().toString().substring(PENDING.length()))
        .toList();
  }

  List<Path> allPending() throws IOException {
    return hidden(PENDING);
  }

  /** What a crash left of work that nobody can finish. */
  List<Path> leftovers() throws IOException {
    List<Path> all = new ArrayList<>(hidden(BUILDING));
    all.addAll(hidden(DELETING));
    return all;
  }

  private List<Path> hidden(String prefix) throws IOException {
    return below(top()).stream()
        .filter(folder -> folder.getFileName().toString().startsWith(prefix))
        .toList();
  }

  private static boolean isBackupName(String name) {
    return !name.equals(PROJECTS)
        && !name.startsWith(".")
        && Version.isValid(name.replace('@', '-'));
  }

  private static List<Path> below(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Presence.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        for (Path each : stream) {
          if (Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            found.add(each);
          }
        }
      } catch (java.nio.file.DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    found.sort(null);
    return found;
  }

  private static String name(Scope.Project project) {
    Path last = project.root().getFileName();
    String readable = last == null ? "root" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    String hash = Sha256.of(FolderFiles.utf8(project.key())).hex().substring(0, HASH_DIGITS);
    return (readable.startsWith(".") ? "_" + readable : readable) + "-" + hash;
  }
}
