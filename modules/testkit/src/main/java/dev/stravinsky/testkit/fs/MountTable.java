package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Where one file system ends and another begins, as renames and links notice it. */
final class MountTable {
  /** Paths of the delegate, with no link on the way. */
  private final Set<Path> points = new CopyOnWriteArraySet<>();

  void mount(Path place) {
    points.add(existing(place));
  }

  void unmount(Path place) {
    points.remove(existing(place));
  }

  private static Path existing(Path place) {
    try {
      return place.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("no mount without a place for it", e);
    }
  }

  Set<Path> points() {
    return Set.copyOf(points);
  }

  /** The mount point that an entry is below, or is. */
  Path mountOf(Path entry) throws IOException {
    Path real = real(entry);
    return points.stream()
        .filter(real::startsWith)
        .max(Comparator.comparing(Path::getNameCount))
        .orElse(real.getRoot());
  }

  /** What Linux refuses here; it compares the mounts before it looks for the names. */
  Optional<Errno> refusal(Kind kind, Path entry, Optional<Path> other) throws IOException {
    boolean moves = kind == Kind.RENAME || kind == Kind.EXCHANGE || kind == Kind.DELETE;
    if (points.isEmpty() || !moves && kind != Kind.LINK) {
      return Optional.empty();
    }
    if (other.isPresent() && crosses(kind, entry, other.get())) {
      return Optional.of(Errno.EXDEV);
    }
    boolean busy =
        moves
            && (points.contains(real(entry))
                || other.isPresent() && points.contains(real(other.get())));
    return busy ? Optional.of(Errno.EBUSY) : Optional.empty();
  }

  private boolean crosses(Kind kind, Path entry, Path other) throws IOException {
    // A rename is between two directories, a link is of the file itself to a directory.
    Path second = kind == Kind.LINK ? mountOf(other) : directoryOf(other);
    return !directoryOf(entry).equals(second);
  }

  private Path directoryOf(Path entry) throws IOException {
    Path parent = real(entry).getParent();
    return parent == null ? real(entry) : mountOf(parent);
  }

  private static Path real(Path entry) throws IOException {
    return new PathWalk(Credentials.ROOT).walk(entry, false).orElse(entry).toAbsolutePath();
  }
}
