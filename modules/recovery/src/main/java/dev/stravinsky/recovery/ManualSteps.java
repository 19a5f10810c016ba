package dev.stravinsky.recovery;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest.Archive;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.recovery.Diagnosis.Step;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person can do with plain tools when nothing else works, with this machine's real paths.
 */
final class ManualSteps {
  private final Home home;
  private final List<Target> targets;
  private final List<Step> steps = new ArrayList<>();

  ManualSteps(Home home, List<Target> targets) {
    this.home = home;
    this.targets = targets;
  }

  /** The steps, from the newest intact backup if there is one. */
  List<Step> after(Optional<Backup> intact) throws IOException {
    step(
        "Read what happened; the last lines are the newest",
        List.of("tail -n 5 " + word(home.operationsLog())));
    List<Path> folders = backupFolders();
    step("See which backups there are", folders.stream().map(f -> "ls -lt " + word(f)).toList());
    step("Keep a copy of what is live now, before you change anything", copies());
    if (intact.isPresent()) {
      restore(intact.get());
    } else {
      step(
          "Test each archive; those that pass can be unpacked",
          folders.stream()
              .map(
                  folder ->
                      "for f in "
                          + word(folder)
                          + "/*/*.tar.gz; do gzip -t \"$f\" && echo \"$f: whole\"; done")
              .toList());
      step(
          "Unpack also what is intact in damaged ones, beside your files",
          List.of("stravinsky-rescue list", "stravinsky-rescue unpack BACKUP"));
    }
    step(
        "Files that were set aside or came from damaged places are here",
        List.of("ls -lR " + word(home.conflicts()) + " " + word(home.quarantine())));
    return steps;
  }

  private void step(String purpose, List<String> commands) {
    steps.add(new Step(purpose, commands));
  }

  /** The user's and every project's; the folder around those where it cannot be listed. */
  private List<Path> backupFolders() {
    List<Path> folders = new ArrayList<>(List.of(home.backups()));
    try {
      if (Presence.isDirectory(home.projectBackups())) {
        try (DirectoryStream<Path> projects = Files.newDirectoryStream(home.projectBackups())) {
          projects.forEach(folders::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      folders.add(home.projectBackups());
    }
    return folders;
  }

  private List<String> copies() {
    Set<Path> places = new LinkedHashSet<>();
    for (Target target : targets) {
      Path root = target.root();
      if (target.isTree()) {
        places.add(root.getParent() == null ? root : root.getParent());
      }
    }
    for (Target target : targets) {
      // Not the folder that single files are in: it may be a whole project.
      target.files().stream()
          .map(target.root()::resolve)
          .filter(ManualSteps::mayBeThere)
          .forEach(places::add);
    }
    List<String> commands = new ArrayList<>();
    for (Path place : places) {
      if (places.stream().noneMatch(o -> !o.equals(place) && place.startsWith(o))) {
        String number = commands.isEmpty() ? "" : "-" + (commands.size() + 1);
        commands.add("cp -a " + word(place) + " ~/claude-before-rescue" + number);
      }
    }
    return commands;
  }

  /** What could not be looked at is copied too: a person sees then what the disk says. */
  private static boolean mayBeThere(Path file) {
    try {
      return Presence.exists(file);
    } catch (IOException e) {
      return true;
    }
  }

  private void restore(Backup backup) {
    step(
        "Check the newest intact backup, " + backup.id(),
        List.of("cd " + word(backup.directory()), "sha256sum -c SHA256SUMS"));
    List<String> unpack = new ArrayList<>(List.of("mkdir -p ~/rescue"));
    List<String> archives = new ArrayList<>();
    for (Archive archive : backup.manifest().archives()) {
      if (archive.path().endsWith(".tar.gz")) {
        archives.add(archive.path());
        unpack.add("tar -xzf " + word(backup.directory().resolve(archive.path())) + " -C ~/rescue");
      }
    }
    step("Unpack it beside your files", unpack);
    List<String> back = new ArrayList<>();
    for (Root root : backup.manifest().roots()) {
      if (archives.contains(root.target() + ".tar.gz")) {
        String from = "~/rescue/" + root.target() + "/" + root.scope().level();
        back.add("[ ! -d " + from + " ] || cp -a " + from + "/. " + word(root.path()) + "/");
      }
    }
    step("Copy back what you need, for example", back);
  }

  /** As it is typed in a shell, quoted only where it has to be. */
  static String word(Path path) {
    String plain = path.toString();
    return plain.matches("[A-Za-z0-9_./@:+-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
  }
}
