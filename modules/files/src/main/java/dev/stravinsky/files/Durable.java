package dev.stravinsky.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
   * file that is there keeps its owner. On failure the old file is as it was and the temporary one
   * is removed.
   */
  public static void replace(Path file, byte[] content, int mode) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    FileWrites.deleteIfExists(temporary); // Left by a crash; the lock says nobody is writing it.
    try {
      try (FileChannel channel = FileWrites.create(temporary)) {
        FileWrites.writeFully(channel, ByteBuffer.wrap(content));
        if (channel.size() != content.length) {
          throw new IOException("short write: " + channel.size() + " of " + content.length);
        }
        FileWrites.setMode(temporary, mode);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          FileWrites.copyOwner(file, temporary);
        }
        channel.force(true);
      }
      FileWrites.rename(temporary, file);
    } catch (IOException e) {
      try {
        FileWrites.deleteIfExists(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    forceDirectory(file.toAbsolutePath().getParent());
  }

  /** Creates a private directory and its missing parents, forced up to the one that existed. */
  public static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path existing = directory.toAbsolutePath();
    while (existing != null && !Files.isDirectory(existing)) {
      missing.push(existing);
      existing = existing.getParent();
    }
    for (Path each : missing) {
      try {
        FileWrites.createDirectory(each, FileWrites.PRIVATE_DIRECTORY);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        if (!Files.isDirectory(each)) {
          throw e;
        }
      }
      forceDirectory(each.getParent());
    }
  }

  /** Forces a file's content and attributes. */
  public static void force(Path file) throws IOException {
    // For writing: some systems force only what a descriptor that may write has seen.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
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
