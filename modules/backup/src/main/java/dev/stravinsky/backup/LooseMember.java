package dev.stravinsky.backup;

import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a member of which nobody says how long it is; its own checksum is what proves it. */
final class LooseMember {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FileChannel archive;

  LooseMember(FileChannel archive) {
    this.archive = archive;
  }

  /**
   * Unpacks the member that begins where the range does and ends within it. What follows it in the
   * range is not looked at.
   *
   * @throws TarFormatException if it cannot be unpacked, or is not what its checksum is of
   */
  Member unpack(MemberScan.Range range, ArchiveReader.Sink sink)
      throws IOException, TarFormatException {
    Inflater inflater = new Inflater(true);
    CRC32 crc = new CRC32();
    byte[] raw = new byte[BUFFER_BYTES];
    long at = range.offset() + GzipMember.HEADER_BYTES;
    try {
      while (!inflater.finished()) {
        int n = inflater.inflate(raw);
        crc.update(raw, 0, n);
        sink.take(raw, n);
        if (n == 0 && !inflater.finished()) {
          at += feed(inflater, at, range.end());
        }
      }
      return proven(inflater, crc, range);
    } catch (DataFormatException e) {
      throw new TarFormatException("cannot be unpacked: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private int feed(Inflater inflater, long at, long end) throws IOException, TarFormatException {
    ByteBuffer packed = ByteBuffer.allocate((int) Math.clamp(end - at, 0, BUFFER_BYTES));
    int n = inflater.needsInput() ? archive.read(packed, at) : 0;
    if (n <= 0) {
      throw new TarFormatException("cannot be unpacked: it ends too early");
    }
    inflater.setInput(packed.flip());
    return n;
  }

  private Member proven(Inflater inflater, CRC32 crc, MemberScan.Range range)
      throws IOException, TarFormatException {
    long packedBytes = GzipMember.HEADER_BYTES + inflater.getBytesRead() + GzipMember.TRAILER_BYTES;
    ByteBuffer trailer =
        ByteBuffer.allocate(GzipMember.TRAILER_BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int n = archive.read(trailer, range.offset() + packedBytes - GzipMember.TRAILER_BYTES);
    boolean whole =
        packedBytes <= range.bytes()
            && n == GzipMember.TRAILER_BYTES
            && trailer.flip().getInt() == (int) crc.getValue()
            && trailer.getInt() == (int) inflater.getBytesWritten();
    if (!whole || inflater.getBytesWritten() == 0) {
      throw new TarFormatException("is not what its own checksum is of");
    }
    MessageDigest nothing = Sha256.newDigest();
    Sha256 unknown = Sha256.from(nothing);
    return new Member(range.offset(), packedBytes, inflater.getBytesWritten(), unknown, unknown);
  }
}
