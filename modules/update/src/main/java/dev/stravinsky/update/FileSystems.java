package dev.stravinsky.update;

import dev.stravinsky.api.Presence;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file systems that targets are on, opened before somebody else's program writes to them, so
 * that what it wrote can be forced: it need not have done that itself, and a commit without it
 * would not survive a power cut.
 */
final class FileSystems implements AutoCloseable {
  private final List<FileSystemSync> syncs;
  private final boolean whole;
  private final Set<Path> tops;

  private FileSystems(List<FileSystemSync> syncs, boolean whole, Set<Path> tops) {
    this.syncs = syncs;
    this.whole = whole;
    this.tops = tops;
  }

  static FileSystems of(PlatformFiles platform, List<Target> targets) throws IOException {
    List<FileStore> stores = new ArrayList<>();
    List<FileSystemSync> syncs = new ArrayList<>();
    Set<Path> tops = new HashSet<>();
    boolean whole = true;
    for (Target target : targets) {
      // A root can be new, and its name is in the directory around it.
      tops.add(Optional.ofNullable(target.root().getParent()).orElse(target.root()));
      Path directory = target.root();
      while (!Presence.isDirectory(directory)) {
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
    return new FileSystems(syncs, whole, tops);
  }

  /** Returns when all that was written is on the disk; {@code changed} are the entries of it. */
  void force(List<Path> changed) throws IOException {
    for (FileSystemSync each : syncs) {
      each.sync();
    }
    if (whole) {
      return;
    }
    Set<Path> directories = new TreeSet<>(Comparator.reverseOrder()); // The deepest first.
    for (Path entry : changed) {
      if (Presence.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        force(entry);
      }
      addUpToTop(entry, directories);
    }
    for (Path each : directories) {
      if (Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        force(each);
      }
    }
  }

  private void addUpToTop(Path entry, Set<Path> directories) {
    for (Path each = entry; each != null; each = each.getParent()) {
      if (tops.stream().noneMatch(each::startsWith)) {
        return;
      }
      directories.add(each);
    }
  }

  private static void force(Path existing) throws IOException {
    try (FileChannel channel = FileChannel.open(existing, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    syncs.forEach(FileSystemSync::close);
  }
}
