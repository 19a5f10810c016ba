package dev.stravinsky.transaction;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import dev.stravinsky.files.Durable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a transaction's files and names to the disk: a file system as a whole where that can be,
 * one call instead of one for each file; else each by itself.
 */
final class Forcing implements Closeable {
  private final Header header;
  private final PlatformFiles platform;
  private final Placement placement;
  private final Map<Path, FileSystemSync> syncs = new HashMap<>();

  Forcing(Header header, PlatformFiles platform, Placement placement) {
    this.header = header;
    this.platform = platform;
    this.placement = placement;
  }

  /** To be called before the first write in a folder, so that no write error is missed. */
  void begin(Path folder) throws IOException {
    if (placement.capabilities(folder).fileSystemSync()) {
      syncs.put(folder, platform.openSync(folder));
    }
  }

  /** Whether a folder of the transaction is forced with its whole file system. */
  boolean isAtOnce(Path folder) {
    return syncs.containsKey(folder);
  }

  /** Whether a file in one of the folders is forced by {@link #force}, content and attributes. */
  boolean reaches(Path file) {
    return syncs.keySet().stream().anyMatch(file::startsWith);
  }

  /** Forces all that was staged: data, directories bottom-up, then the names of the folders. */
  void force() throws IOException {
    for (Path base : header.bases()) {
      Path folder = header.folder(base);
      if (isAtOnce(folder)) {
        syncs.get(folder).sync();
      } else {
        forceDirectories(folder);
        Durable.forceDirectory(base);
      }
    }
  }

  /**
   * Forces the names that steps changed: by the file systems as a whole where that can be, since
   * all sides of a step lie on that of its folder.
   */
  void forceNames(List<Step> steps) throws IOException {
    if (syncs.size() < header.bases().size()) {
      Touched.force(header, steps);
      return;
    }
    for (FileSystemSync sync : syncs.values()) {
      sync.sync();
    }
  }

  @Override
  public void close() {
    syncs.values().forEach(FileSystemSync::close);
    syncs.clear();
  }

  private static void forceDirectories(Path directory) throws IOException {
    try (DirectoryStream<Path> below = Files.newDirectoryStream(directory)) {
      for (Path each : below) {
        if (Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          forceDirectories(each);
        }
      }
    }
    Durable.forceDirectory(directory);
  }
}
