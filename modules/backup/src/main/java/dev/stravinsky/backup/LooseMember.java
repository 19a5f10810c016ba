package dev.stravinsky.backup;

import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;

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
    byte[] piece = new byte[BUFFER_BYTES];
    try (MemberUnpacker unpacker = new MemberUnpacker()) {
      unpacker.begin(archive, range.offset(), range.end());
      long rawBytes = 0;
      for (int n = piece.length; n == piece.length; rawBytes += n) {
        n = unpacker.read(piece, 0, piece.length);
        sink.take(piece, n);
      }
      long storedBytes = unpacker.end();
      if (rawBytes == 0) {
        throw new TarFormatException("there is nothing in it");
      }
      Sha256 unknown = Sha256.of(new byte[0]);
      return new Member(range.offset(), storedBytes, rawBytes, unknown, unknown);
    }
  }
}
