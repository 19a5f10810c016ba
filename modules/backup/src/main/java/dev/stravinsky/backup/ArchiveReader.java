package dev.stravinsky.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks single members of an archive by seeking. Damage shows as {@link TarFormatException}; an
 * {@link IOException} is a failure of the disk and says nothing about the bytes. Safe for use by
 * many threads.
 */
final class ArchiveReader implements AutoCloseable {
  /** No group of small files is larger; a manifest that says so is wrong. */
  private static final int MAX_MEMORY_BYTES = 64 * 1024 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final FileChannel channel;

  ArchiveReader(Path archive) throws IOException {
    channel = FileChannel.open(archive, StandardOpenOption.READ);
  }

  /** Takes unpacked bytes. */
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  /** The whole unpacked member. */
  byte[] unpack(Member member) throws IOException, TarFormatException {
    if (member.rawBytes() > MAX_MEMORY_BYTES) {
      throw new TarFormatException("a group of " + member.rawBytes() + " bytes");
    }
    byte[] raw = new byte[(int) member.rawBytes()];
    int[] length = new int[1];
    stream(
        member,
        (bytes, n) -> {
          System.arraycopy(bytes, 0, raw, length[0], n);
          length[0] += n;
        });
    return raw;
  }

  /**
   * Unpacks a member of any size piece by piece. All pieces together have exactly the length that
   * the member is said to have, or this throws.
   */
  void stream(Member member, Sink sink) throws IOException, TarFormatException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, member.rawBytes())];
    long left = member.rawBytes();
    try (InputStream unpacked = new GZIPInputStream(new Range(member), BUFFER_BYTES)) {
      while (left > 0) {
        int n = unpacked.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new TarFormatException("unpacks to " + left + " bytes less than it should");
        }
        sink.take(buffer, n);
        left -= n;
      }
      // Only reading on to the end compares the member's own checksum.
      if (unpacked.read() >= 0) {
        throw new TarFormatException("unpacks to more than " + member.rawBytes() + " bytes");
      }
    } catch (ZipException | EOFException e) {
      throw new TarFormatException("cannot be unpacked: " + e.getMessage());
    }
  }

  /** Whether the rest of the bytes is padding. */
  static boolean isZero(byte[] raw, int from, int to) {
    return Arrays.equals(raw, from, to, new byte[to - from], 0, to - from);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The stored bytes of a member. */
  private final class Range extends InputStream {
    private final long end;
    private long at;

    Range(Member member) {
      this.at = member.offset();
      this.end = member.end();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      int n = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - at)), at);
      at += Math.max(0, n);
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - at);
    }
  }
}
