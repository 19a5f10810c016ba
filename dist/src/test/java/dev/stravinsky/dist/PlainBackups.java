package dev.stravinsky.dist;

import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code sha256sum} and {@code tar} alone get out of a user's backups.
 *
 * @param bad the backups that do not verify
 * @param contents the content of every file in those that do, in hexadecimal
 */
record PlainBackups(List<String> bad, Set<String> contents) {
  /** An id that begins with a dot is not published yet. */
  private static final String UNPACK =
      """
      cd "$1"
      for backup in */; do
        id=${backup%/}
        [ "$id" != projects ] || continue
        if (cd "$id" && sha256sum -c --quiet --strict SHA256SUMS) >&2; then
          mkdir "$2/$id"
          for archive in "$id"/*.tar.gz; do
            [ ! -e "$archive" ] || tar -xzf "$archive" -C "$2/$id" || echo "$archive"
          done
        else
          echo "$id"
        fi
      done
      """;

  static PlainBackups of(User user) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backups");
    try {
      Run run =
          Run.of(user.variables(), Path.of("/bin/sh"), "-uc", UNPACK, "sh", user.backups(), folder);
      List<String> bad = run.out().lines().map(line -> line + " (" + run.err() + ")").toList();
      return new PlainBackups(bad, Live.contents(Tree.of(folder)));
    } finally {
      Run.of(user.variables(), Path.of("/bin/rm"), "-rf", folder);
    }
  }
}
