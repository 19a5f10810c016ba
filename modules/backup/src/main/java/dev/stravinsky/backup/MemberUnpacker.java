package dev.stravinsky.backup;

import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip members as {@link GzipMember} packs them (RFC 1952), each piece by piece and to its
 * end, where its own checksum is compared. Reused for many members by one thread; closing frees
 * native memory.
 */
final class MemberUnpacker implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final ByteBuffer packed = ByteBuffer.allocate(BUFFER_BYTES);
  private FileChannel archive;
  private long begin;
  private long at;
  private long limit;

  /**
   * Takes up the member that begins at a byte of the archive.
   *
   * @param end where it ends, or the next may begin; nothing is read from there on
   */
  void begin(FileChannel channel, long offset, long end) throws IOException, TarFormatException {
    archive = channel;
    begin = offset;
    at = offset;
    limit = end;
    inflater.reset();
    crc.reset();
    fetch();
    if (packed.remaining() < GzipMember.HEADER_BYTES || !GzipMember.beginsAt(packed.array(), 0)) {
      throw new TarFormatException("cannot be unpacked: no member begins there");
    }
    inflater.setInput(packed.position(GzipMember.HEADER_BYTES));
  }

  /** Unpacks up to {@code length} bytes; fewer only where the member ends, then 0. */
  int read(byte[] into, int from, int length) throws IOException, TarFormatException {
    int done = 0;
    try {
      while (done < length && !inflater.finished()) {
        int n = inflater.inflate(into, from + done, length - done);
        done += n;
        if (n == 0 && !inflater.finished()) {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw new TarFormatException("cannot be unpacked: " + e.getMessage());
    }
    crc.update(into, from, done);
    return done;
  }

  /** Of a member that was read to its end: how many bytes it has in the archive. */
  long end() throws IOException, TarFormatException {
    long trailer = begin + GzipMember.HEADER_BYTES + inflater.getBytesRead();
    ByteBuffer said = ByteBuffer.allocate(GzipMember.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    boolean whole =
        trailer + GzipMember.TRAILER_BYTES <= limit
            && FileReads.fill(archive, said, trailer) == GzipMember.TRAILER_BYTES
            && said.flip().getInt() == (int) crc.getValue()
            && said.getInt() == (int) inflater.getBytesWritten();
    if (!whole) {
      throw new TarFormatException("is not what its own checksum is of");
    }
    return trailer + GzipMember.TRAILER_BYTES - begin;
  }

  private void feed() throws IOException, TarFormatException {
    if (inflater.needsInput()) {
      fetch();
    }
    if (!packed.hasRemaining()) {
      throw new TarFormatException("cannot be unpacked: it ends too early");
    }
    inflater.setInput(packed);
  }

  private void fetch() throws IOException {
    packed.clear().limit((int) Math.clamp(limit - at, 0, BUFFER_BYTES));
    at += Math.max(0, archive.read(packed, at));
    packed.flip();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
