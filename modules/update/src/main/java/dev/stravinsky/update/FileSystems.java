package dev.stravinsky.update;

import dev.stravinsky.api.Target;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file systems that targets are on, opened before somebody else's program writes to them, so
 * that what it wrote can be forced: it need not have done that itself, and a commit without it
 * would not survive a power cut.
 */
final class FileSystems implements AutoCloseable {
  private final List<FileSystemSync> syncs;
  private final boolean whole;

  private FileSystems(List<FileSystemSync> syncs, boolean whole) {
    this.syncs = syncs;
    this.whole = whole;
  }

  static FileSystems of(PlatformFiles platform, List<Target> targets) throws IOException {
    List<FileStore> stores = new ArrayList<>();
    List<FileSystemSync> syncs = new ArrayList<>();
    boolean whole = true;
    for (Target target : targets) {
      Path directory = target.root();
      while (!Files.isDirectory(directory)) {
        directory = directory.getParent();
      }
      FileStore store = Files.getFileStore(directory);
      if (!stores.contains(store)) {
        stores.add(store);
        if (platform.capabilities(directory).fileSystemSync()) {
          syncs.add(platform.openSync(directory));
        } else {
          whole = false;
        }
      }
    }
    return new FileSystems(syncs, whole);
  }

  /** Returns when all that was written is on the disk; {@code changed} are the files of it. */
  void force(List<Path> changed) throws IOException {
    for (FileSystemSync each : syncs) {
      each.sync();
    }
    if (whole) {
      return;
    }
    for (Path file : changed) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  @Override
  public void close() {
    syncs.forEach(FileSystemSync::close);
  }
}
