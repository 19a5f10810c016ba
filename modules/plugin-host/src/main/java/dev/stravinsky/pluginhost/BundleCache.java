package dev.stravinsky.pluginhost;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Felix's cache: a private directory of this process alone, because Felix's own lock does not
 * protect a cache from a second process.
 */
final class BundleCache {
  private static final String PREFIX = "stravinsky-plugins-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-[0-9]+");

  /** Another machine or container may share the directory: its processes are not seen here. */
  private static final Duration SURELY_LEFT_BEHIND = Duration.ofHours(12);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;

  private BundleCache(Path directory) {
    this.directory = directory;
  }

  /** A fresh cache. Its name need not be a secret, for which the JDK would take 20 ms. */
  static BundleCache create() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    String name = PREFIX + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
    boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new BundleCache(
        posix
            ? Files.createDirectory(parent.resolve(name), OWNER_ONLY)
            : Files.createTempDirectory(name.substring(0, name.lastIndexOf('-') + 1)));
  }

  Path directory() {
    return directory;
  }

  /** Removes it as far as possible, and those of processes that were killed long ago. */
  void remove() {
    removeTree(directory);
    sweep(directory.getParent(), Instant.now().minus(SURELY_LEFT_BEHIND));
  }

  static void sweep(Path parent, Instant olderThan) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : entries) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
            && Files.getLastModifiedTime(each).toInstant().isBefore(olderThan)) {
          removeTree(each);
        }
      }
    } catch (IOException e) {
      // Somebody else's folder, or one that another host removes just now: it can stay.
      return;
    }
  }

  private static void removeTree(Path top) {
    try {
      if (Presence.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(top)) {
          for (Path each : entries) {
            removeTree(each);
          }
        }
      }
      Files.deleteIfExists(top);
    } catch (IOException e) {
      // What is left is swept by a later host.
      return;
    }
  }
}
