package dev.stravinsky.recovery;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest.Archive;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.recovery.Diagnosis.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person can do with plain tools when nothing else works, with this machine's real paths.
 */
final class ManualSteps {
  private ManualSteps() {}

  static List<Step> of(Home home, Optional<Backup> intact, List<Path> roots) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "Read what happened; the last lines are the newest",
            List.of("tail -n 5 " + quoted(home.operationsLog()))));
    steps.add(new Step("See which backups there are", List.of("ls -lt " + quoted(home.backups()))));
    steps.add(
        new Step(
            "Keep a copy of what is live now, before you change anything",
            roots.stream()
                .distinct()
                .findFirst()
                .map(root -> List.of("cp -a " + quoted(parent(root)) + " ~/claude-before-rescue"))
                .orElse(List.of())));
    intact.ifPresent(backup -> restore(backup, steps));
    if (intact.isEmpty()) {
      steps.add(
          new Step(
              "Test each archive; those that pass can be unpacked",
              List.of(
                  "for f in "
                      + quoted(home.backups())
                      + "/*/*.tar.gz; do gzip -t \"$f\" && echo \"$f: whole\"; done")));
    }
    steps.add(
        new Step(
            "Files that were set aside or came from damaged places are here",
            List.of("ls -lR " + quoted(home.conflicts()) + " " + quoted(home.quarantine()))));
    return steps;
  }

  private static void restore(Backup backup, List<Step> steps) {
    String folder = quoted(backup.directory());
    steps.add(
        new Step(
            "Check the newest intact backup, " + backup.id(),
            List.of("cd " + folder, "sha256sum -c SHA256SUMS")));
    List<String> unpack = new ArrayList<>(List.of("mkdir -p ~/rescue"));
    for (Archive archive : backup.manifest().archives()) {
      if (archive.path().endsWith(".tar.gz")) {
        unpack.add(
            "tar -xzf " + quoted(backup.directory().resolve(archive.path())) + " -C ~/rescue");
      }
    }
    steps.add(new Step("Unpack it beside your files", unpack));
    List<String> back = new ArrayList<>();
    for (Root root : backup.manifest().roots()) {
      String from = "~/rescue/" + root.target() + "/" + root.scope().level() + "/.";
      back.add("cp -a " + from + " " + quoted(root.path()) + "/");
    }
    steps.add(new Step("Copy back what you need, for example", back));
  }

  private static Path parent(Path root) {
    return root.getParent() == null ? root : root.getParent();
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
