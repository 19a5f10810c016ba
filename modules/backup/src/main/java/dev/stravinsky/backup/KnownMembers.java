package dev.stravinsky.backup;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Members that are packed already, here or in the previous backup, by what was packed. */
final class KnownMembers {
  private final Map<Sha256, Source> sources = new ConcurrentHashMap<>();
  private final Set<Long> rawLengths = ConcurrentHashMap.newKeySet();

  /** The checksum of a part of an archive. */
  static Sha256 sum(Path archive, long from, long to) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    Source.copy(archive, from, to, packed -> digest.update(packed));
    return Sha256.from(digest);
  }

  /** Where a member's bytes are. */
  record Source(Path archive, Member member) {

    /** The stored bytes; empty if they are not those that the checksum is of. */
    Optional<byte[]> read() throws IOException {
      byte[] bytes = new byte[Math.toIntExact(member.storedBytes())];
      try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
        if (FileReads.fill(channel, ByteBuffer.wrap(bytes), member.offset()) < bytes.length) {
          return Optional.empty();
        }
      }
      return Sha256.of(bytes).equals(member.stored()) ? Optional.of(bytes) : Optional.empty();
    }

    /** Whether the stored bytes are those that the checksum is of, however many they are. */
    boolean isIntact() throws IOException {
      return sum(archive, member.offset(), member.end()).equals(member.stored());
    }

    /** Hands on the stored bytes piece by piece. */
    void copy(GzipMember.Sink sink) throws IOException {
      copy(archive, member.offset(), member.end(), sink);
    }

    private static void copy(Path archive, long from, long to, GzipMember.Sink sink)
        throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
      try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
        long at = from;
        while (at < to) {
          buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
          int n = FileReads.fill(channel, buffer, at);
          if (n <= 0) {
            return;
          }
          sink.write(buffer.flip());
          at += n;
        }
      }
    }

    /**
     * The same with the bytes compared with their checksum.
     *
     * @throws DamagedSourceException if they are others, which were handed on then
     */
    void copyIntact(GzipMember.Sink sink) throws IOException {
      MessageDigest digest = Sha256.newDigest();
      copy(
          packed -> {
            digest.update(packed.duplicate());
            sink.write(packed);
          });
      if (!Sha256.from(digest).equals(member.stored())) {
        throw new DamagedSourceException(archive);
      }
    }
  }

  /** What was to be copied is damaged; all has to be packed anew. */
  static final class DamagedSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedSourceException(Path archive) {
      super(archive + " is damaged");
    }
  }

  void add(Path archive, Member member) {
    sources.putIfAbsent(member.identity(), new Source(archive, member));
    rawLengths.add(member.rawBytes());
  }

  Optional<Source> find(Sha256 identity) {
    return Optional.ofNullable(sources.get(identity));
  }

  /** Whether content of this length is known at all, which is worth a look before packing it. */
  boolean hasRawLength(long rawBytes) {
    return rawLengths.contains(rawBytes);
  }
}
