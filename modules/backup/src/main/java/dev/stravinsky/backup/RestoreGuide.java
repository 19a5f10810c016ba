package dev.stravinsky.backup;

import dev.stravinsky.api.backup.BackupManifest;
import java.nio.file.Path;
import java.util.List;

/** {@code RESTORE.txt}: how to get every file back with nothing but sha256sum and tar. */
final class RestoreGuide {
  private final StringBuilder text = new StringBuilder();

  private RestoreGuide() {}

  /**
   * Writes it.
   *
   * @param folder where the backup will be
   * @param archives the names of the archives that there are
   */
  static String of(BackupManifest manifest, Path folder, List<String> archives) {
    RestoreGuide guide = new RestoreGuide();
    guide.opening(manifest, folder);
    for (BackupManifest.Root root : manifest.roots()) {
      String archive = Row.archive(root.target());
      if (archives.contains(archive)) {
        guide.root(root, archive);
      }
    }
    guide.ending(archives);
    return guide.text.toString();
  }

  private void opening(BackupManifest manifest, Path folder) {
    line(
        "Backup "
            + manifest.id()
            + ", made "
            + manifest.timestamp()
            + " ("
            + manifest.scope()
            + ")");
    line("");
    line("This folder is all that is needed to get the files back, with sha256sum and tar alone.");
    line("Every command is typed in this folder:");
    line("");
    line("    cd " + quoted(folder.toString()));
    line("");
    line("1. Is everything as it was written? Each line must say OK:");
    line("");
    line("    sha256sum -c " + FolderFiles.SUMS);
    line("");
    line("2. Put the files back where they were. Files that are there now are replaced, so");
    line("   save them first if they matter. Leave out what you do not want back.");
    line("");
  }

  private void root(BackupManifest.Root root, String archive) {
    String below = root.target() + "/" + root.scope().level();
    line("    mkdir -p " + quoted(root.path().toString()));
    line(
        "    ! tar -tzf "
            + quoted(archive)
            + " | grep -q "
            + quoted("^" + below + "/")
            + " ||"
            + " tar -xzf "
            + quoted(archive)
            + " -C "
            + quoted(root.path().toString())
            + " --strip-components=2 "
            + quoted(below));
    line("");
  }

  private void ending(List<String> archives) {
    line("Or unpack everything somewhere else and look at it:");
    line("");
    line("    mkdir -p /tmp/restored");
    for (String archive : archives) {
      line("    tar -xzf " + quoted(archive) + " -C /tmp/restored");
    }
    line("");
    line("Below each target, global/ has the user's files and project/ the project's. linked/ has");
    line("the content of files outside of them that symbolic links in them lead to.");
    line("manifest.json says of every file where it was, its mode, time and checksum.");
  }

  private void line(String words) {
    text.append(words).append('\n');
  }

  /** For a POSIX shell. */
  static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
