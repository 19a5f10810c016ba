package dev.stravinsky.files;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Every single change of the file system that the product makes. Nothing here is forced to the
 * disk: callers that write much force once, others use {@link Durable}.
 */
public final class FileWrites {
  /** The mode of the product's own files: settings hold secrets. */
  public static final int PRIVATE_FILE = 0600;

  /** The mode of the product's own directories. */
  public static final int PRIVATE_DIRECTORY = 0700;

  private static final int ZEROS_BYTES = 64 * 1024;

  private FileWrites() {}

  /**
   * Creates a file and opens it for writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if anything is there: also the test for names
   *     that collide by case or normalisation
   */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        Modes.attributes(file, PRIVATE_FILE));
  }

  /** Opens an existing file for reading and writing where it is. */
  public static FileChannel openInPlace(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Creates a file with this content and mode; a file that could not be written whole is removed.
   */
  public static void create(Path file, byte[] content, int mode) throws IOException {
    try {
      try (FileChannel channel = create(file)) {
        writeFully(channel, ByteBuffer.wrap(content));
      }
      Modes.set(file, mode);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      removeAfter(e, file);
      throw e;
    }
  }

  /** Copies a stream into a new file; a file that could not be written whole is removed. */
  public static long create(Path file, InputStream content, int mode) throws IOException {
    try {
      long size;
      try (FileChannel channel = create(file)) {
        size = content.transferTo(Channels.newOutputStream(channel));
      }
      Modes.set(file, mode);
      return size;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      removeAfter(e, file);
      throw e;
    }
  }

  /** Writes all of it; a short write is continued. */
  public static void writeFully(FileChannel channel, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      channel.write(content);
    }
  }

  /** Writes all of it from this position on; the channel's own position stays. */
  public static void writeFully(FileChannel channel, ByteBuffer content, long position)
      throws IOException {
    long at = position;
    while (content.hasRemaining()) {
      at += channel.write(content, at);
    }
  }

  /**
   * Writes zeros from one position to another: unlike a hole they need no space later, when a full
   * disk must not stop what is written over them.
   */
  public static void writeZeros(FileChannel channel, long from, long to) throws IOException {
    byte[] zeros = new byte[(int) Math.min(ZEROS_BYTES, Math.max(0, to - from))];
    for (long at = from; at < to; at += zeros.length) {
      writeFully(channel, ByteBuffer.wrap(zeros, 0, (int) Math.min(zeros.length, to - at)), at);
    }
  }

  /** Gives an existing file a second name, which must not exist; a link is not followed. */
  public static void createHardLink(Path link, Path existing) throws IOException {
    Files.createLink(link, existing);
  }

  /** Creates one directory; one that could not be given its mode is removed. */
  public static void createDirectory(Path directory, int mode) throws IOException {
    Files.createDirectory(directory, Modes.attributes(directory, mode));
    try {
      Modes.set(directory, mode); // The umask has taken bits away.
    } catch (IOException | RuntimeException e) {
      removeAfter(e, directory);
      throw e;
    }
  }

  /** Creates a link that points to {@code to} as it is written. */
  public static void createLink(Path link, Path to) throws IOException {
    Files.createSymbolicLink(link, to);
  }

  /** Renames atomically, replacing a file that is there. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a file, link or empty directory that must be there. */
  public static void delete(Path file) throws IOException {
    Files.delete(file);
  }

  /** Deletes a file, link or empty directory if it is there. */
  public static boolean deleteIfExists(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Deletes a directory with all below it, or a file; links are not followed. Absent is fine. */
  public static void deleteTree(Path top) throws IOException {
    if (Presence.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> below = Files.newDirectoryStream(top)) {
        for (Path each : below) {
          deleteTree(each);
        }
      } catch (NoSuchFileException e) {
        return; // Somebody else removed it, which is what was wanted.
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    Files.deleteIfExists(top);
  }

  /** Cuts or leaves the file at this length. */
  public static void truncate(Path file, long sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(sizeBytes);
    }
  }

  /** Sets the modification time, of the link itself if it is one where the platform can. */
  public static void setModified(Path file, Instant time) throws IOException {
    Files.getFileAttributeView(
            file, java.nio.file.attribute.BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(time), null, null);
  }

  /** Sets the permission bits of a file or directory. */
  public static void setMode(Path file, int mode) throws IOException {
    Modes.set(file, mode);
  }

  /**
   * Gives {@code to}, which this process has made, the owner and group of {@code from}. Only root
   * can give files to anybody; for others it keeps the owner that it has, and the group if they are
   * not in {@code from}'s.
   */
  public static void copyOwner(Path from, Path to) throws IOException {
    PosixFileAttributeView source =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributeView target =
        Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (source == null || target == null || haveSameOwner(from, to)) {
      return;
    }
    var wanted = source.readAttributes();
    var now = target.readAttributes();
    boolean root = mayGiveAway(to);
    if (root && !wanted.owner().equals(now.owner())) {
      target.setOwner(wanted.owner());
    }
    if (!wanted.group().equals(now.group())) {
      try {
        target.setGroup(wanted.group());
      } catch (FileSystemException e) {
        if (root) {
          throw e;
        }
      }
    }
  }

  /** By their numbers: each look for a name reads the tables of users and groups anew. */
  private static boolean haveSameOwner(Path one, Path other) throws IOException {
    return FileModes.hasUnixView(one)
        && FileModes.hasUnixView(other)
        && owner(one).equals(owner(other));
  }

  private static Map<String, Object> owner(Path file) throws IOException {
    return Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether root made the file, or it is on a file system that knows no users. */
  private static boolean mayGiveAway(Path made) throws IOException {
    return !FileModes.hasUnixView(made)
        || Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0);
  }

  /** Removes what a failure left; that this fails too is added to it. */
  static void removeAfter(Exception failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
