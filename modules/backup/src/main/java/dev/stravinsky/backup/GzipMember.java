package dev.stravinsky.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Packs one gzip member (RFC 1952) piece by piece. The header has no time, no name and "unknown" as
 * its system: the same content at the same level gives the same bytes. Reused for many members by
 * one thread; closing frees native memory.
 */
final class GzipMember implements AutoCloseable {
  static final int HEADER_BYTES = 10;
  static final int TRAILER_BYTES = 8;

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final GrowingBytes packed = new GrowingBytes(BUFFER_BYTES);

  /** Whether a member's header stands there. */
  static boolean beginsAt(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + HEADER_BYTES, HEADER, 0, HEADER_BYTES);
  }

  GzipMember(int level) {
    deflater = new Deflater(level, true);
  }

  /** Takes packed bytes. */
  interface Sink {
    void write(ByteBuffer packed) throws IOException;
  }

  /** All of it at once. */
  byte[] pack(byte[] raw, int length) {
    packed.clear();
    try {
      begin(packed::append);
      add(raw, length, packed::append);
      end(packed::append);
    } catch (IOException e) {
      throw new IllegalStateException("memory does no I/O", e);
    }
    return packed.toByteArray();
  }

  void begin(Sink sink) throws IOException {
    deflater.reset();
    crc.reset();
    sink.write(ByteBuffer.wrap(HEADER.clone()));
  }

  void add(byte[] raw, int length, Sink sink) throws IOException {
    crc.update(raw, 0, length);
    deflater.setInput(raw, 0, length);
    drain(sink);
  }

  void end(Sink sink) throws IOException {
    deflater.finish();
    drain(sink);
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    trailer.putInt((int) crc.getValue()).putInt((int) deflater.getBytesRead()).flip();
    sink.write(trailer);
  }

  private void drain(Sink sink) throws IOException {
    for (int n = deflater.deflate(buffer); n > 0; n = deflater.deflate(buffer)) {
      sink.write(ByteBuffer.wrap(buffer, 0, n));
    }
  }

  @Override
  public void close() {
    deflater.end();
  }

  /** Bytes in memory that grow as they come. */
  static final class GrowingBytes {
    private byte[] bytes;
    private int length;

    GrowingBytes(int capacity) {
      bytes = new byte[Math.max(TarHeader.BLOCK, capacity)];
    }

    void clear() {
      length = 0;
    }

    void append(ByteBuffer more) {
      int n = more.remaining();
      reserve(n);
      more.get(bytes, length, n);
      length += n;
    }

    void append(byte[] more) {
      append(ByteBuffer.wrap(more));
    }

    /** Zeros up to the next block. */
    void pad() {
      int padded = (int) TarHeader.padded(length);
      reserve(padded - length);
      Arrays.fill(bytes, length, padded, (byte) 0);
      length = padded;
    }

    int length() {
      return length;
    }

    byte[] array() {
      return bytes;
    }

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }
}
