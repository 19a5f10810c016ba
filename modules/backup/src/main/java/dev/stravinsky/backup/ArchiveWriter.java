package dev.stravinsky.backup;

import dev.stravinsky.api.Parallel;
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

/**
 * Writes one archive: the units packed on all cores, the bytes in order. The file is made when the
 * first member comes that nobody has packed before; until then it is only noted which members are
 * to be copied, so that nothing is written where nothing has changed.
 */
final class ArchiveWriter implements AutoCloseable {
  private static final int STREAM_BYTES = 256 * 1024;

  private final Path file;
  private final Start start;
  private final KnownMembers known;
  private final UnitPacker packer;
  private final MessageDigest digest = Sha256.newDigest();
  private final List<Member> members = new ArrayList<>();
  private final List<Stored> entries = new ArrayList<>();
  private final List<KnownMembers.Source> held = new ArrayList<>();
  private final BitSet fresh = new BitSet();
  private Optional<FileChannel> channel = Optional.empty();
  private long offset;

  /**
   * Nothing is written yet.
   *
   * @param start makes the directory that the file is in
   */
  ArchiveWriter(Path file, Start start, UnitPacker packer, KnownMembers known) {
    this.file = file;
    this.start = start;
    this.packer = packer;
    this.known = known;
  }

  /** What is done before the file is made. */
  interface Start {
    void start() throws IOException;
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

  /** Packs all units. {@code progress} is told of unpacked bytes. */
  void add(List<Unit> units, Parallel parallel, LongConsumer progress) throws IOException {
    Iterator<Callable<UnitPacker.Packed>> work =
        units.stream().<Callable<UnitPacker.Packed>>map(u -> () -> packer.pack(u)).iterator();
    parallel.inOrder(work, unit -> progress.accept(append(unit)));
  }

  /** The entries so far. */
  List<Stored> entries() {
    return entries;
  }

  /** Copies what is still to be copied and writes the end. */
  Written finish() throws IOException {
    GzipMember gzip = packer.borrow();
    byte[] stored = gzip.pack(new byte[TarHeader.END_BYTES], TarHeader.END_BYTES);
    packer.giveBack(gzip);
    Sha256 identity = Sha256.of(new byte[] {2});
    append(UnitPacker.PackedMember.fresh(stored, TarHeader.END_BYTES, identity));
    close();
    String name = file.getFileName().toString();
    return new Written(name, offset, Sha256.from(digest), members, entries, fresh);
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
    if (member.source().isPresent() && channel.isEmpty() && packer.mayHold()) {
      hold(member.source().get());
      return;
    }
    open();
    if (member.stored().isPresent()) {
      byte[] stored = member.stored().get();
      long begin = offset;
      put(ByteBuffer.wrap(stored));
      Member done =
          new Member(begin, stored.length, member.rawBytes(), member.sum(), member.identity());
      note(done, member.source().isEmpty());
    } else {
      copy(member.source().orElseThrow());
    }
  }

  private void hold(KnownMembers.Source source) {
    held.add(source);
    note(source.member().at(offset), false);
    offset += source.member().storedBytes();
  }

  private void open() throws IOException {
    if (channel.isPresent()) {
      return;
    }
    packer.stopHolding();
    start.start();
    channel = Optional.of(FileWrites.create(file));
    offset = 0;
    for (KnownMembers.Source source : held) {
      source.copyIntact(this::put);
    }
    held.clear();
  }

  private void copy(KnownMembers.Source source) throws IOException {
    Member copy = source.member().at(offset);
    source.copyIntact(this::put);
    note(copy, false);
  }

  private void note(Member member, boolean isFresh) {
    fresh.set(members.size(), isFresh);
    members.add(member);
    if (isFresh) {
      known.add(file, member);
    }
  }

  private void put(ByteBuffer stored) throws IOException {
    digest.update(stored.duplicate());
    offset += stored.remaining();
    FileWrites.writeFully(channel.orElseThrow(), stored);
  }

  /**
   * The content of a file too large for memory, copied if it is packed already. Only where content
   * of this length is known is the file read to see whether it is that, and once more if it is not.
   */
  private Sha256 stream(Item item) throws IOException {
    long rawBytes = TarHeader.padded(item.stat().size());
    if (known.hasRawLength(rawBytes)) {
      Sha256 content = Sha256.from(read(item, (bytes, length) -> {}));
      Sha256 identity = UnitPacker.contentIdentity(content);
      Optional<KnownMembers.Source> source = known.find(identity);
      if (source.isPresent()) {
        append(UnitPacker.PackedMember.copy(source.get(), Optional.empty()));
        return content;
      }
    }
    open();
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

  /** Closes the file, whole or not. */
  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
    }
  }
}
