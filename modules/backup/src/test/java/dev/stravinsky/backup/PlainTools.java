package dev.stravinsky.backup;

import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.backup.TreeListing.Entry;
import dev.stravinsky.spi.BackupListener;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Every archive that a test of this module makes on the disk is compared by {@code tar --compare}
 * with the live files at the moment of its making, and after each test class listed and unpacked by
 * every tar program that the machine has. The store finds it as a service and JUnit as an
 * extension: no test can forget it.
 */
public final class PlainTools implements BackupListener, AfterAllCallback {
  private static final List<Made> MADE = new ArrayList<>();
  private static Path folders = Path.of("");

  /** An archive, copied, and the live files that it was made of, by their names in it. */
  private record Made(Path folder, Path archive, long count, SortedMap<String, Entry> live) {}

  @Override
  public String id() {
    return "plain-tools";
  }

  @Override
  public void created(BackupManifest manifest, Path directory) {
    if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
      return;
    }
    try {
      for (BackupManifest.Archive archive : manifest.archives()) {
        if (archive.path().endsWith(Row.SUFFIX)) {
          Path file = directory.resolve(archive.path());
          note(file, archive.filesCount(), roots(manifest, archive));
        }
      }
    } catch (IOException e) {
      // An Error is not the listener's own affair: it fails the test.
      throw new AssertionError("the plain tools could not be run", e);
    }
  }

  private static List<BackupManifest.Root> roots(
      BackupManifest manifest, BackupManifest.Archive archive) {
    return manifest.roots().stream()
        .filter(root -> Row.archive(root.target()).equals(archive.path()))
        .filter(root -> Files.isDirectory(root.path()))
        .toList();
  }

  private static synchronized void note(Path archive, long count, List<BackupManifest.Root> roots)
      throws IOException {
    SortedMap<String, Entry> live = new TreeMap<>();
    for (BackupManifest.Root root : roots) {
      String top = root.target() + "/" + root.scope().level();
      compare(archive, top, root.path());
      TreeListing.of(root.path())
          .only(root.files())
          .entries()
          .forEach((path, entry) -> live.put(top + "/" + path, entry.named(n -> top + "/" + n)));
    }
    if (MADE.isEmpty()) {
      folders = Files.createTempDirectory("plain-tools");
    }
    Path folder = Files.createDirectory(folders.resolve("archive" + MADE.size()));
    Files.copy(archive, folder.resolve("archive"));
    MADE.add(new Made(folder, archive, count, live));
  }

  /** Hard links are compared by the name in the archive, which is not that on the disk. */
  private static void compare(Path archive, String top, Path root) throws IOException {
    String script =
        "tar --compare --strip-components=2 -zf \"$1\" --wildcards \"$2/*\" 2>&1"
            + " | grep -v -e 'Not linked to' -e hdrcharset -e 'Not found in archive'"
            + " -e 'Exiting with failure'";
    List<String> command = List.of("sh", "-c", script, "sh", archive.toString(), top);
    Shell.Result result = Shell.run(root, command);
    if (!result.output().isEmpty()) {
      throw new AssertionError("tar --compare " + archive + ": " + result.output());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    synchronized (PlainTools.class) {
      if (MADE.isEmpty()) {
        return;
      }
      try {
        for (TarProgram program : TarProgram.there()) {
          String complaints = program.unpackAll(folders);
          for (Made made : MADE) {
            check(program, made, complaints);
          }
        }
      } finally {
        Shell.run(folders.getParent(), List.of("rm", "-rf", folders.toString()));
        tell();
        MADE.clear();
      }
    }
  }

  private static void tell() {
    List<TarProgram> missing = Stream.of(TarProgram.values()).filter(p -> !p.isThere()).toList();
    System.out.printf(
        "plain tools: %d archives unpacked by %s; not on this machine: %s%n",
        MADE.size(), TarProgram.there(), missing);
  }

  private static void check(TarProgram program, Made made, String complaints) throws IOException {
    SortedMap<String, Entry> live = kept(program, made.live());
    SortedMap<String, Entry> there = new TreeMap<>();
    there.putAll(TreeListing.of(made.folder().resolve(program.name())).entries());
    // Files outside of the targets, which links lead to, are no part of the live trees.
    there.keySet().removeIf(path -> path.split("/").length < 3 || isLinked(path));
    there = kept(program, there);
    Path count = made.folder().resolve(program.name() + ".count");
    boolean counted =
        !Files.exists(count) || Files.readString(count).strip().equals("" + made.count());
    if (!there.equals(live) || !counted) {
      throw new AssertionError(
          "%s reads %s differently%n  archive: %s%n  live:    %s%n%s"
              .formatted(
                  program, made.archive(), only(there, live), only(live, there), complaints));
    }
  }

  private static boolean isLinked(String path) {
    return path.split("/")[1].equals(Item.LINKED);
  }

  private static SortedMap<String, Entry> kept(
      TarProgram program, SortedMap<String, Entry> entries) {
    SortedMap<String, Entry> kept = new TreeMap<>(entries);
    kept.replaceAll((path, entry) -> entry.keeping(program.kept()));
    return kept;
  }

  private static Map<String, Entry> only(Map<String, Entry> one, Map<String, Entry> other) {
    Map<String, Entry> only = new TreeMap<>(one);
    only.entrySet().removeAll(other.entrySet());
    return only;
  }
}
