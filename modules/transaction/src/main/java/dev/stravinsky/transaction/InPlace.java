package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileReads;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writing a file where it is, for mounts, whose place nothing can take. Both contents lie whole and
 * forced in the transaction's folder before, so that whatever a crash leaves can be told from
 * another program's write and mended.
 *
 * <p>Readers may see a half-written file, and a program that writes in the very moment may lose
 * what it wrote: {@code SwapMode.IN_PLACE} says so.
 */
final class InPlace {
  private static final int BUFFER_BYTES = 128 * 1024;

  /** What a disk writes whole or not at all. */
  private static final int SECTOR_BYTES = 512;

  private InPlace() {}

  /** Writes the new content; forced when it returns. */
  static void bringIn(Step step) throws IOException {
    write(step, step.staged(), mode(step.after()), mode(step.before()));
  }

  /** Writes the old content back, also where it seems to be there: it may not be on the disk. */
  static void bringBack(Step step) throws IOException {
    write(step, step.aside(), mode(step.before()), mode(step.after()));
  }

  /**
   * Whether what is live is the old content, the new one, or a torn write of one over the other.
   */
  static boolean isOurs(Step step) throws IOException {
    if (!Presence.isRegularFile(step.live(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel live = FileChannel.open(step.live(), StandardOpenOption.READ);
        FileChannel fresh = FileChannel.open(step.staged(), StandardOpenOption.READ);
        FileChannel old = FileChannel.open(step.aside(), StandardOpenOption.READ)) {
      long size = live.size();
      if (size < Math.min(fresh.size(), old.size()) || size > Math.max(fresh.size(), old.size())) {
        return false; // Neither way of writing makes it shorter or longer than both.
      }
      for (long at = 0; at < size; at += SECTOR_BYTES) {
        byte[] found = read(live, at);
        byte[] one = read(fresh, at);
        byte[] other = read(old, at);
        if (!isTorn(found, one, other) && !isTorn(found, other, one)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Whether a sector is the beginning of one content and then the rest of the other; zeros stand
   * for what a file that had grown did not get before the power went.
   */
  private static boolean isTorn(byte[] found, byte[] begun, byte[] rest) {
    int common = Math.min(found.length, Math.min(begun.length, rest.length));
    int cut = Arrays.mismatch(found, 0, common, begun, 0, common);
    if (cut >= 0 && !Arrays.equals(found, cut, common, rest, cut, common)) {
      return false;
    }
    byte[] longer = begun.length > rest.length ? begun : rest;
    int end = Math.min(found.length, longer.length);
    int grown = Arrays.mismatch(found, common, end, longer, common, end);
    for (int i = grown < 0 ? end : common + grown; i < found.length; i++) {
      if (found[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The mode of the other side becomes this one's; a mode that somebody else set stays. */
  private static void write(Step step, Path content, int mode, int otherMode) throws IOException {
    Path live = step.live();
    try (FileChannel from = FileChannel.open(content, StandardOpenOption.READ);
        FileChannel to = FileWrites.openInPlace(live)) {
      long size = from.size();
      long common = Math.min(size, to.size());
      // What takes space comes first: where there is none, nothing was written over yet.
      copy(from, common, size, to);
      copy(from, 0, common, to);
      if (to.size() > size) {
        to.truncate(size);
      }
      if (mode != otherMode && FileModes.of(live) == otherMode) {
        FileWrites.setMode(live, mode);
      }
      FileWrites.setModified(live, Files.getLastModifiedTime(content).toInstant());
      Durable.force(to);
    }
  }

  private static void copy(FileChannel from, long start, long end, FileChannel to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long at = start; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - at));
      readFully(from, buffer, at);
      FileWrites.writeFully(to, buffer.flip(), at);
    }
  }

  private static void readFully(FileChannel from, ByteBuffer buffer, long start)
      throws IOException {
    FileReads.fill(from, buffer, start);
    if (buffer.hasRemaining()) {
      throw new IOException("a staged file became shorter");
    }
  }

  /** A sector, shorter at the file's end. */
  private static byte[] read(FileChannel file, long at) throws IOException {
    int length = (int) Math.clamp(file.size() - at, 0, SECTOR_BYTES);
    ByteBuffer sector = ByteBuffer.allocate(length);
    readFully(file, sector, at);
    return sector.array();
  }

  private static int mode(EntryState state) {
    if (state instanceof EntryState.Regular file) {
      return file.mode();
    }
    throw new IllegalArgumentException("not a file's content: " + state);
  }
}
