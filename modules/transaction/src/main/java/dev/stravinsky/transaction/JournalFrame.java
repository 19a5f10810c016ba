package dev.stravinsky.transaction;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record as it stands in the journal's bytes: magic number, sequence number, length, SHA-256 of
 * those and the payload, payload, zeros up to the next sector.
 */
final class JournalFrame {
  /** Records begin at multiples of this, so that a torn write reaches no record before it. */
  static final int SECTOR_BYTES = 512;

  private static final int MAGIC = 0x53_54_52_4a;
  private static final int DIGEST_BYTES = 32;
  private static final int HEAD_BYTES = 3 * Integer.BYTES + DIGEST_BYTES;

  private JournalFrame() {}

  /** What a payload of this size takes in the file. */
  static long sizeOf(int payloadBytes) {
    return roundUp((long) HEAD_BYTES + payloadBytes);
  }

  static ByteBuffer encode(int sequence, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(sizeOf(payload.length)));
    frame.putInt(MAGIC).putInt(sequence).putInt(payload.length);
    frame.put(digest(sequence, payload)).put(payload);
    return frame.rewind();
  }

  /** The payload of the record that begins there, if a whole one of this sequence number does. */
  static Optional<byte[]> decode(byte[] file, long offset, int sequence) {
    if (offset + HEAD_BYTES > file.length) {
      return Optional.empty();
    }
    ByteBuffer frame = ByteBuffer.wrap(file).position(Math.toIntExact(offset));
    if (frame.getInt() != MAGIC || frame.getInt() != sequence) {
      return Optional.empty();
    }
    int length = frame.getInt();
    if (length < 0 || length > frame.remaining() - DIGEST_BYTES) {
      return Optional.empty();
    }
    byte[] digest = new byte[DIGEST_BYTES];
    frame.get(digest);
    byte[] payload = new byte[length];
    frame.get(payload);
    return Arrays.equals(digest, digest(sequence, payload))
        ? Optional.of(payload)
        : Optional.empty();
  }

  /** The same, of a file of which no more than this record is read. */
  static Optional<byte[]> read(FileChannel file, long offset, int sequence) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    FileReads.fill(file, head, offset);
    int length = head.getInt(2 * Integer.BYTES);
    if (head.hasRemaining() || length < 0 || length > file.size() - offset - HEAD_BYTES) {
      return Optional.empty();
    }
    byte[] frame = Arrays.copyOf(head.array(), HEAD_BYTES + length);
    FileReads.fill(file, ByteBuffer.wrap(frame, HEAD_BYTES, length), offset + HEAD_BYTES);
    return decode(frame, 0, sequence);
  }

  /**
   * Whether a whole record of this or a later sequence number begins anywhere behind the offset.
   */
  static boolean anyBehind(byte[] file, long offset, int sequence) {
    for (long at = offset + SECTOR_BYTES; at + HEAD_BYTES <= file.length; at += SECTOR_BYTES) {
      int found = ByteBuffer.wrap(file).getInt(Math.toIntExact(at) + Integer.BYTES);
      if (found >= sequence && decode(file, at, found).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static long roundUp(long bytes) {
    return (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
  }

  private static byte[] digest(int sequence, byte[] payload) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(sequence).putInt(payload.length).flip());
    return digest.digest(payload);
  }
}
