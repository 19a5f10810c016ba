package dev.stravinsky.files;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writing that has reached the disk when it returns. */
public final class Durable {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private Durable() {}

  /**
   * Replaces a file, or creates it, so that after a crash it is whole and either old or new: a
   * temporary file beside it, written, its length checked, forced, renamed, the directory forced. A
   * link stays; the file at its end is replaced. A file that is there keeps its owner and extended
   * attributes, a new one takes its directory's owner.
   *
   * <p>On failure the temporary file is removed and the old file is as it was; only where forcing
   * the directory fails, the last step, the new one is there and may be lost by a crash. The caller
   * sees to it that nobody else replaces the same file.
   */
  public static void replace(Path file, byte[] content, int mode) throws IOException {
    Path end = Links.end(file.toAbsolutePath());
    Path temporary = temporary(end);
    FileWrites.deleteIfExists(temporary); // Left by a crash.
    try {
      writeForced(temporary, end, content, mode);
      FileWrites.rename(temporary, end);
    } catch (IOException | RuntimeException e) {
      FileWrites.removeAfter(e, temporary);
      throw e;
    }
    forceDirectory(end.getParent());
  }

  /** The name may be of any bytes, its temporary file's is plain. */
  private static Path temporary(Path file) {
    String plain = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
    return file.resolveSibling("." + plain + ".tmp");
  }

  private static void writeForced(Path temporary, Path old, byte[] content, int mode)
      throws IOException {
    try (FileChannel channel = FileWrites.create(temporary)) {
      FileWrites.writeFully(channel, ByteBuffer.wrap(content));
      if (channel.size() != content.length) {
        throw new IOException("short write: " + channel.size() + " of " + content.length);
      }
      if (Presence.exists(old)) {
        FileWrites.copyOwner(old, temporary);
        ExtendedAttributes.copy(old, temporary);
      } else {
        FileWrites.copyOwner(old.getParent(), temporary);
      }
      // After the owner, whose change clears bits, and the access list, whose mask it sets.
      FileWrites.setMode(temporary, mode);
      channel.force(true);
    }
  }

  /**
   * Creates a private directory and its missing parents, forced up to the one that existed, whose
   * owner they take. On failure none of them stays: one that did would be taken for forced by the
   * next call.
   */
  public static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path existing = directory.toAbsolutePath();
    while (existing != null && !Presence.isDirectory(existing)) {
      missing.push(existing);
      existing = existing.getParent();
    }
    Deque<Path> created = new ArrayDeque<>();
    try {
      for (Path each : missing) {
        if (createUnlessThere(each)) {
          created.push(each);
          FileWrites.copyOwner(each.getParent(), each);
        }
        forceDirectory(each.getParent());
      }
    } catch (IOException | RuntimeException e) {
      created.forEach(each -> FileWrites.removeAfter(e, each));
      throw e;
    }
  }

  private static boolean createUnlessThere(Path directory) throws IOException {
    try {
      FileWrites.createDirectory(directory, FileWrites.PRIVATE_DIRECTORY);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (!Presence.isDirectory(directory)) {
        throw e;
      }
      return false; // Another process was faster.
    }
  }

  /** Forces a file's content and attributes. */
  public static void force(Path file) throws IOException {
    // For writing: some systems force only what a descriptor that may write has seen.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Forces what was written through this channel. After a failure the file is not to be trusted.
   */
  public static void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Forces the names in a directory. */
  public static void forceDirectory(Path directory) throws IOException {
    if (WINDOWS) {
      return; // Directories cannot be opened there; NTFS journals its names.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
