package dev.stravinsky.backup;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/** Writes one archive: the units packed on all cores, the bytes in order. */
final class ArchiveWriter {
  private static final int STREAM_BYTES = 256 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final KnownMembers known;
  private final UnitPacker packer;
  private final MessageDigest digest = Sha256.newDigest();
  private final List<Member> members = new ArrayList<>();
  private final List<Stored> entries = new ArrayList<>();
  private final BitSet fresh = new BitSet();
  private long offset;

  private ArchiveWriter(Path file, FileChannel channel, UnitPacker packer, KnownMembers known) {
    this.file = file;
    this.channel = channel;
    this.packer = packer;
    this.known = known;
  }

  /**
   * An archive as written.
   *
   * @param fresh the members that were packed anew, which nobody has unpacked yet
   */
  record Written(
      String name,
      long sizeBytes,
      Sha256 sha256,
      List<Member> members,
      List<Stored> entries,
      BitSet fresh) {}

  /**
   * Writes all units and the end. {@code progress} is told of unpacked bytes as they are written.
   */
  static Written write(
      Path file,
      List<Unit> units,
      UnitPacker packer,
      KnownMembers known,
      Parallel parallel,
      LongConsumer progress)
      throws IOException {
    Iterator<Callable<UnitPacker.Packed>> work =
        units.stream().<Callable<UnitPacker.Packed>>map(u -> () -> packer.pack(u)).iterator();
    try (FileChannel channel = FileWrites.create(file)) {
      ArchiveWriter writer = new ArchiveWriter(file, channel, packer, known);
      parallel.inOrder(work, unit -> progress.accept(writer.append(unit)));
      writer.end();
      return new Written(
          file.getFileName().toString(),
          writer.offset,
          Sha256.from(writer.digest),
          writer.members,
          writer.entries,
          writer.fresh);
    }
  }

  private long append(UnitPacker.Packed unit) throws IOException {
    int base = members.size();
    unit.entries().forEach(entry -> entries.add(entry.shifted(base)));
    for (UnitPacker.PackedMember member : unit.members()) {
      append(member);
    }
    if (unit.streamed().isPresent()) {
      Sha256 content = stream(unit.streamed().get());
      entries.add(entries.removeLast().withContent(content));
    }
    return members.subList(base, members.size()).stream().mapToLong(Member::rawBytes).sum();
  }

  private void append(UnitPacker.PackedMember member) throws IOException {
    long start = offset;
    put(ByteBuffer.wrap(member.stored()));
    Sha256 stored = Sha256.of(member.stored());
    note(
        new Member(start, offset - start, member.rawBytes(), stored, member.identity()),
        member.fresh());
  }

  private void note(Member member, boolean isFresh) {
    fresh.set(members.size(), isFresh);
    members.add(member);
    known.add(file, member);
  }

  private void put(ByteBuffer stored) throws IOException {
    digest.update(stored.duplicate());
    offset += stored.remaining();
    FileWrites.writeFully(channel, stored);
  }

  /** The content of a file too large for memory, copied if it is packed already. */
  private Sha256 stream(Item item) throws IOException {
    long rawBytes = TarHeader.padded(item.stat().size());
    if (known.hasRawLength(rawBytes)) {
      Sha256 content = Sha256.from(read(item, (bytes, length) -> {}));
      Sha256 identity = UnitPacker.contentIdentity(content);
      Optional<KnownMembers.Source> source = known.find(identity);
      if (source.isPresent() && source.get().isIntact()) {
        Member copy = source.get().member().at(offset);
        source.get().copy(this::put);
        note(copy, false);
        return content;
      }
    }
    return pack(item, rawBytes);
  }

  private Sha256 pack(Item item, long rawBytes) throws IOException {
    long start = offset;
    MessageDigest stored = Sha256.newDigest();
    GzipMember.Sink sink =
        packed -> {
          stored.update(packed.duplicate());
          put(packed);
        };
    GzipMember gzip = packer.borrow();
    MessageDigest content;
    try {
      gzip.begin(sink);
      content = read(item, (bytes, length) -> gzip.add(bytes, length, sink));
      byte[] padding = new byte[(int) (rawBytes - item.stat().size())];
      gzip.add(padding, padding.length, sink);
      gzip.end(sink);
    } finally {
      packer.giveBack(gzip);
    }
    Sha256 sha256 = Sha256.from(content);
    Sha256 identity = UnitPacker.contentIdentity(sha256);
    note(new Member(start, offset - start, rawBytes, Sha256.from(stored), identity), true);
    return sha256;
  }

  /** Takes a piece of a file. */
  private interface Piece {
    void take(byte[] bytes, int length) throws IOException;
  }

  private MessageDigest read(Item item, Piece piece) throws IOException {
    MessageDigest content = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(STREAM_BYTES);
    long total = 0;
    try (FileChannel in = SteadyFile.open(item.location())) {
      while (total <= item.stat().size() && in.read(buffer.clear()) >= 0) {
        content.update(buffer.array(), 0, buffer.position());
        piece.take(buffer.array(), buffer.position());
        total += buffer.position();
      }
    }
    // The header is written already: the whole backup has to begin again.
    boolean steady = item.stat().sameAs(packer.stats().read(item.location()));
    if (total != item.stat().size() || !steady) {
      throw new SteadyFile.RestlessFileException(item.location());
    }
    return content;
  }

  private void end() throws IOException {
    GzipMember gzip = packer.borrow();
    byte[] stored = gzip.pack(new byte[TarHeader.END_BYTES], TarHeader.END_BYTES);
    packer.giveBack(gzip);
    Sha256 identity = Sha256.of(new byte[] {2});
    append(new UnitPacker.PackedMember(stored, TarHeader.END_BYTES, identity, true));
  }
}
