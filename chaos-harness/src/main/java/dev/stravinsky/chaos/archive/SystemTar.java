package dev.stravinsky.chaos.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Unpacks with {@code tar -xzf} into a scratch folder, and looks at what came out. */
final class SystemTar implements ArchiveContents {

  @Override
  public Set<String> of(Path archive) throws IOException {
    Path scratch = Files.createTempDirectory("chaos-tar-");
    try {
      unpack(archive, scratch);
      return digests(scratch);
    } finally {
      remove(scratch);
    }
  }

  private static void unpack(Path archive, Path into) throws IOException {
    Process tar =
        new ProcessBuilder(
                "tar",
                "--no-same-owner",
                "--no-same-permissions",
                "-xzf",
                archive.toString(),
                "-C",
                into.toString())
            .redirectErrorStream(true)
            .start();
    try {
      tar.getOutputStream().close();
      String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tar.waitFor() != 0) {
        throw new UnreadableException(archive, said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while tar was unpacking");
    }
  }

  private static Set<String> digests(Path folder) throws IOException {
    Set<String> digests = new HashSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          digests.add(ArchiveContents.digest(Files.readAllBytes(each)));
        }
      }
    }
    return digests;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
