package dev.stravinsky.api;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.Map;

/**
 * What everything below a {@link Home} takes on disk: the sizes of its regular files, by what they
 * are for. Links are not followed.
 *
 * @param bytes by what it is for; every {@link Part} is there
 * @param unread how many files and directories could not be looked at, so that the sizes are the
 *     least that there is
 */
public record DiskUse(Map<Part, Long> bytes, int unread) {

  /** What files of the home are for. */
  public enum Part {
    BACKUPS,
    /** The log, its archive and its heads. */
    TRAIL,
    /** The trail's index, which can be made anew. */
    INDEX,
    RELEASES,
    /** Staging, journal, quarantine and what was set aside. */
    RECOVERY,
    OTHER
  }

  public DiskUse {
    bytes = Map.copyOf(bytes);
  }

  /** Looks at every file; 0 where the home is not there. What vanishes meanwhile does not count. */
  public static DiskUse of(Home home) throws IOException {
    Walk walk = new Walk(home);
    Files.walkFileTree(home.directory(), walk);
    return new DiskUse(walk.bytes, walk.unread);
  }

  public long of(Part part) {
    return bytes.get(part);
  }

  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Home home;
    private final Map<Part, Long> bytes = new EnumMap<>(Part.class);
    private int unread;

    Walk(Home home) {
      this.home = home;
      for (Part part : Part.values()) {
        bytes.put(part, 0L);
      }
    }

    private Part part(Path file) {
      if (file.startsWith(home.audit())) {
        // SQLite has up to three more files beside its own, named after it.
        return file.getFileName().toString().startsWith(home.index().getFileName().toString())
            ? Part.INDEX
            : Part.TRAIL;
      }
      if (file.startsWith(home.backups())) {
        return Part.BACKUPS;
      }
      if (file.startsWith(home.releases())) {
        return Part.RELEASES;
      }
      return file.startsWith(home.recovery()) ? Part.RECOVERY : Part.OTHER;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes.merge(part(file), attributes.size(), Long::sum);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      unread += e instanceof NoSuchFileException ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      unread += e == null ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }
  }
}
