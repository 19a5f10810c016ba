package dev.stravinsky.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
  private final Queue<MemberUnpacker> idle = new ConcurrentLinkedQueue<>();

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
    unpacking(member, unpacker -> requireNone(raw.length - unpacker.read(raw, 0, raw.length)));
    return raw;
  }

  /**
   * Unpacks a member of any size piece by piece. All pieces together have exactly the length that
   * the member is said to have, or this throws.
   */
  void stream(Member member, Sink sink) throws IOException, TarFormatException {
    byte[] piece = new byte[(int) Math.min(BUFFER_BYTES, member.rawBytes())];
    unpacking(
        member,
        unpacker -> {
          long left = member.rawBytes();
          while (left > 0) {
            int wanted = (int) Math.min(piece.length, left);
            int n = unpacker.read(piece, 0, wanted);
            sink.take(piece, n);
            left -= n;
            requireNone(n < wanted ? left : 0);
          }
        });
  }

  /** Reads a member's content, all that it is said to have. */
  private interface Reading {
    void read(MemberUnpacker unpacker) throws IOException, TarFormatException;
  }

  private void unpacking(Member member, Reading reading) throws IOException, TarFormatException {
    MemberUnpacker unpacker = Optional.ofNullable(idle.poll()).orElseGet(MemberUnpacker::new);
    try {
      unpacker.begin(channel, member.offset(), member.end());
      reading.read(unpacker);
      if (unpacker.read(new byte[1], 0, 1) > 0) {
        throw new TarFormatException("unpacks to more than " + member.rawBytes() + " bytes");
      }
      if (unpacker.end() != member.storedBytes()) {
        throw new TarFormatException("has more bytes than it needs");
      }
    } finally {
      idle.add(unpacker);
    }
  }

  private static void requireNone(long missing) throws TarFormatException {
    if (missing > 0) {
      throw new TarFormatException("unpacks to " + missing + " bytes less than it should");
    }
  }

  /** Whether the rest of the bytes is padding. */
  static boolean isZero(byte[] raw, int from, int to) {
    return Arrays.equals(raw, from, to, new byte[to - from], 0, to - from);
  }

  @Override
  public void close() throws IOException {
    idle.forEach(MemberUnpacker::close);
    idle.clear();
    channel.close();
  }
}
