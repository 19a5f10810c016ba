package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.DiskChange.Attributes;
import dev.stravinsky.testkit.fs.DiskChange.Entry;
import dev.stravinsky.testkit.fs.DiskChange.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes down what each operation did to the delegate's inodes, by looking at them right after it.
 * The caller sees to it that nothing else happens in between.
 */
final class ChangeRecorder {
  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};

  private final Path top;
  private final InodeNumbers numbers;
  private final List<DiskChange> existing = new ArrayList<>();
  private final List<DiskChange.Done> done = new ArrayList<>();
  private final Set<Long> born = new HashSet<>();

  ChangeRecorder(Path top, InodeNumbers numbers) {
    this.top = top;
    this.numbers = numbers;
  }

  /** The tree as it was before the first change, as if it had just been made and forced. */
  synchronized List<DiskChange> existing() throws IOException {
    if (existing.isEmpty()) {
      inode(top, existing);
      walk(top, existing);
      existing.add(new DiskChange.AllForced());
    }
    return List.copyOf(existing);
  }

  private void walk(Path directory, List<DiskChange> changes) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        boolean known = born.contains(key(entry, NOFOLLOW));
        changes.add(named(entry, changes));
        if (Files.isDirectory(entry, NOFOLLOW)) {
          walk(entry, changes);
        } else if (!known && Files.isRegularFile(entry, NOFOLLOW)) {
          changes.add(new DiskChange.Written(key(entry, NOFOLLOW), 0, Files.readAllBytes(entry)));
        }
      }
    }
  }

  synchronized List<DiskChange.Done> done() {
    return List.copyOf(done);
  }

  /** An operation that is about to be refused or to take place. */
  synchronized void begin(FileOperation operation) {
    try {
      existing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    done.add(new DiskChange.Done(operation, List.of()));
  }

  /** The operation that began last did this. */
  private synchronized void did(List<DiskChange> changes) {
    DiskChange.Done last = done.removeLast();
    List<DiskChange> all = new ArrayList<>(last.changes());
    all.addAll(changes);
    done.add(new DiskChange.Done(last.operation(), all));
  }

  /** An operation on paths of the delegate has taken place. */
  void passed(FileOperation.Kind kind, Path path, Optional<Path> other) throws IOException {
    List<DiskChange> changes = new ArrayList<>();
    switch (kind) {
      case CREATE, MAKE_DIRECTORY, SYMLINK, LINK -> changes.add(named(path, changes));
      case COPY -> copied(other.orElseThrow(), changes);
      case DELETE -> changes.add(new DiskChange.Named(List.of(gone(path))));
      case RENAME -> renamed(path, other.orElseThrow(), changes);
      case EXCHANGE ->
          changes.add(
              new DiskChange.Named(
                  List.of(entry(path, changes), entry(other.orElseThrow(), changes))));
      case OPEN_TRUNCATING -> changes.add(new DiskChange.Resized(key(path, FOLLOW), 0));
      case SET_ATTRIBUTE -> attributed(path, changes);
      case SYNC -> changes.add(new DiskChange.AllForced());
      default -> {
        return;
      }
    }
    did(changes);
  }

  /** Bytes have been written to an open file. */
  synchronized void written(Object key, long position, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    did(List.of(new DiskChange.Written(number(key), position, copy)));
  }

  synchronized void resized(Object key, long size) {
    did(List.of(new DiskChange.Resized(number(key), size)));
  }

  synchronized void forced(Object key) {
    did(List.of(new DiskChange.Forced(number(key))));
  }

  synchronized void forceFailed(Object key) {
    did(List.of(new DiskChange.ForceFailed(number(key))));
  }

  synchronized void allForceFailed() {
    did(List.of(new DiskChange.AllForceFailed()));
  }

  private void renamed(Path from, Path to, List<DiskChange> changes) throws IOException {
    if (Files.exists(from, NOFOLLOW)) {
      return; // Two names of one file: POSIX leaves both.
    }
    // A rename is one step in the journals of ext4, xfs and btrfs, also between directories.
    changes.add(new DiskChange.Named(List.of(gone(from), entry(to, changes))));
  }

  private void copied(Path copy, List<DiskChange> changes) throws IOException {
    changes.add(named(copy, changes));
    if (Files.isRegularFile(copy, NOFOLLOW)) {
      changes.add(new DiskChange.Written(key(copy, NOFOLLOW), 0, Files.readAllBytes(copy)));
    }
    attributed(copy, changes);
  }

  private void attributed(Path path, List<DiskChange> changes) throws IOException {
    changes.add(new DiskChange.Attributed(key(path, NOFOLLOW), attributes(path)));
    if (Files.isSymbolicLink(path) && Files.exists(path)) {
      // Which of the two was meant is not told; of the other this says what is so already.
      Path end = path.toRealPath();
      changes.add(new DiskChange.Attributed(key(end, NOFOLLOW), attributes(end)));
    }
  }

  private DiskChange named(Path path, List<DiskChange> changes) throws IOException {
    return new DiskChange.Named(List.of(entry(path, changes)));
  }

  private Entry gone(Path path) throws IOException {
    return new Entry(directory(path), name(path), OptionalLong.empty());
  }

  private Entry entry(Path path, List<DiskChange> changes) throws IOException {
    return new Entry(directory(path), name(path), OptionalLong.of(inode(path, changes)));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private long directory(Path path) throws IOException {
    return key(path.toAbsolutePath().getParent(), FOLLOW);
  }

  /** The number of what is there; its birth goes before what is said of it. */
  private long inode(Path path, List<DiskChange> changes) throws IOException {
    long number = key(path, NOFOLLOW);
    if (born.add(number)) {
      changes.add(
          Files.isSymbolicLink(path)
              ? new DiskChange.Born(
                  number, Kind.LINK, Files.readSymbolicLink(path).toString(), attributes(path))
              : new DiskChange.Born(
                  number,
                  Files.isDirectory(path, NOFOLLOW) ? Kind.DIRECTORY : Kind.FILE,
                  "",
                  attributes(path)));
    }
    return number;
  }

  private long key(Path path, LinkOption... options) throws IOException {
    return number(Files.readAttributes(path, BasicFileAttributes.class, options).fileKey());
  }

  private long number(Object key) {
    return numbers.number(key);
  }

  private static Attributes attributes(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW);
    Map<String, List<Byte>> named = new HashMap<>();
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, NOFOLLOW);
    if (view != null) {
      for (String name : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        List<Byte> bytes = new ArrayList<>();
        for (byte b : value.array()) {
          bytes.add(b);
        }
        named.put(name, bytes);
      }
    }
    return new Attributes(attributes.permissions(), attributes.lastModifiedTime(), named);
  }
}
