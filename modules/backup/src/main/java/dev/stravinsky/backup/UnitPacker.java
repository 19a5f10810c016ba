package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads and packs units in memory, or finds them packed already. Safe for use by many threads. */
final class UnitPacker implements AutoCloseable {
  /** Stands in for a checksum that is known only when the content has been streamed. */
  private static final Sha256 UNKNOWN = new Sha256("0".repeat(64));

  private static final byte GROUP = 0;
  private static final byte CONTENT = 1;

  private final int level;
  private final KnownMembers known;
  private final FileStat.Reader stats;
  private final Queue<GzipMember> packers = new ConcurrentLinkedQueue<>();
  private final Queue<Room> rooms = new ConcurrentLinkedQueue<>();
  private volatile boolean holding;

  /**
   * Packs at {@code level}.
   *
   * @param holding whether the bytes of known members are left where they are until something is
   *     written
   */
  UnitPacker(int level, KnownMembers known, FileStat.Reader stats, boolean holding) {
    this.holding = holding;
    this.level = level;
    this.known = known;
    this.stats = stats;
  }

  /**
   * A unit in memory.
   *
   * @param entries with members counted from 0
   * @param streamed the last entry's file, if it is too large for memory
   */
  record Packed(List<PackedMember> members, List<Stored> entries, Optional<Item> streamed) {}

  /**
   * A member.
   *
   * @param stored its bytes, unless they are still to be copied
   * @param sum the checksum of these bytes
   * @param source where it was packed before; empty if it was packed now
   */
  record PackedMember(
      Optional<byte[]> stored,
      Sha256 sum,
      Optional<KnownMembers.Source> source,
      long rawBytes,
      Sha256 identity) {

    static PackedMember fresh(byte[] stored, long rawBytes, Sha256 identity) {
      Sha256 sum = Sha256.of(stored);
      return new PackedMember(Optional.of(stored), sum, Optional.empty(), rawBytes, identity);
    }

    static PackedMember copy(KnownMembers.Source source, Optional<byte[]> stored) {
      Member member = source.member();
      return new PackedMember(
          stored, member.stored(), Optional.of(source), member.rawBytes(), member.identity());
    }
  }

  /**
   * Where a unit is put together, used again for the next one. Arrays of a large file's size would
   * outlive the young generation, and the heap would grow to its bound before anybody looks at the
   * old one.
   */
  private static final class Room {
    private final GzipMember.GrowingBytes group = new GzipMember.GrowingBytes(Unit.LARGE_BYTES);
    private byte[] content = new byte[Unit.LARGE_BYTES];

    /** For a file's content; what was there before is gone. */
    ByteBuffer content(int size) {
      int padded = (int) TarHeader.padded(size);
      if (content.length < padded) {
        content = new byte[Math.max(padded, Math.min(2 * content.length, SteadyFile.MAX_BYTES))];
      }
      return ByteBuffer.wrap(content, 0, size);
    }
  }

  Packed pack(Unit unit) throws IOException {
    Room idle = rooms.poll();
    Room room = idle == null ? new Room() : idle;
    try {
      return pack(unit, room);
    } finally {
      rooms.add(room);
    }
  }

  private Packed pack(Unit unit, Room room) throws IOException {
    GzipMember.GrowingBytes raw = room.group;
    raw.clear();
    MessageDigest identity = Sha256.newDigest();
    identity.update(GROUP);
    List<Stored> entries = new ArrayList<>();
    Optional<SteadyFile> apart = Optional.empty();
    Optional<Item> streamed = Optional.empty();
    for (Item item : unit.items()) {
      boolean large = unit.largeLast() && item == unit.last();
      boolean stream = large && item.stat().size() > SteadyFile.MAX_BYTES;
      if (item.isFile() && !stream) {
        SteadyFile file = SteadyFile.read(item.location(), item.stat(), stats, room::content);
        entries.add(file(item, file, large, raw, identity));
        apart = large ? Optional.of(file) : apart;
      } else {
        entries.add(other(item, stream, raw, identity));
        streamed = stream ? Optional.of(item) : streamed;
      }
    }
    List<PackedMember> members = new ArrayList<>();
    members.add(member(raw.array(), raw.length(), Sha256.from(identity)));
    if (apart.isPresent()) {
      members.add(content(apart.get(), entries.getLast()));
    }
    return new Packed(members, entries, streamed);
  }

  private Stored file(
      Item item,
      SteadyFile file,
      boolean large,
      GzipMember.GrowingBytes raw,
      MessageDigest identity) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(file.content().duplicate());
    Sha256 sha256 = Sha256.from(digest);
    long size = file.stat().size();
    appendHeader(item, file.stat(), size, "", raw, identity);
    long at = large ? 0 : raw.length();
    if (!large) {
      raw.append(file.content().duplicate());
      raw.pad();
      identity.update(HexFormat.of().parseHex(sha256.hex()));
    }
    EntryState state = new EntryState.Regular(sha256, size, file.stat().mode());
    return new Stored(item.place(), state, file.stat().modified(), 0, large ? 1 : 0, at, "");
  }

  /** A header without content, or whose content is streamed after it. */
  private Stored other(
      Item item, boolean stream, GzipMember.GrowingBytes raw, MessageDigest identity)
      throws IOException {
    FileStat stat = item.stat();
    String link = item.hardLinkTo();
    EntryState state =
        switch (stat.type()) {
          case FILE -> new EntryState.Regular(UNKNOWN, stat.size(), stat.mode());
          case DIRECTORY -> new EntryState.Directory(stat.mode());
          case LINK ->
              new EntryState.Link(LinkTargets.encode(Files.readSymbolicLink(item.location())));
        };
    if (state instanceof EntryState.Link symbolic) {
      link = symbolic.target();
    }
    appendHeader(item, stat, stream ? stat.size() : 0, link, raw, identity);
    return new Stored(
        item.place(), state, stat.modified(), 0, stream ? 1 : 0, 0, item.hardLinkTo());
  }

  private static void appendHeader(
      Item item,
      FileStat stat,
      long size,
      String link,
      GzipMember.GrowingBytes raw,
      MessageDigest identity) {
    char type =
        switch (stat.type()) {
          case FILE -> item.hardLinkTo().isEmpty() ? TarHeader.FILE : TarHeader.HARD_LINK;
          case DIRECTORY -> TarHeader.DIRECTORY;
          case LINK -> TarHeader.LINK;
        };
    byte[] header =
        TarHeaderWriter.bytes(
            new TarHeader(
                item.place().archivePath(),
                type,
                stat.mode(),
                size,
                stat.modified(),
                link,
                stat.owner()));
    raw.append(header);
    identity.update(header);
  }

  private PackedMember content(SteadyFile file, Stored entry) throws IOException {
    Sha256 sha256 = ((EntryState.Regular) entry.state()).sha256();
    byte[] content = file.content().array();
    int size = file.content().remaining();
    int padded = (int) TarHeader.padded(size);
    Arrays.fill(content, size, padded, (byte) 0);
    return member(content, padded, contentIdentity(sha256));
  }

  /** What a member is that holds a file's content and padding alone. */
  static Sha256 contentIdentity(Sha256 content) {
    MessageDigest identity = Sha256.newDigest();
    identity.update(CONTENT);
    identity.update(HexFormat.of().parseHex(content.hex()));
    return Sha256.from(identity);
  }

  private PackedMember member(byte[] raw, int length, Sha256 identity) throws IOException {
    Optional<KnownMembers.Source> source =
        known.find(identity).filter(s -> s.member().rawBytes() == length);
    if (source.isPresent() && holding) {
      return PackedMember.copy(source.get(), Optional.empty());
    }
    Optional<byte[]> copied = source.isPresent() ? source.get().read() : Optional.empty();
    return copied.isPresent()
        ? PackedMember.copy(source.get(), copied)
        : PackedMember.fresh(pack(raw, length), length, identity);
  }

  private byte[] pack(byte[] raw, int length) {
    GzipMember packer = borrow();
    try {
      return packer.pack(raw, length);
    } finally {
      packers.add(packer);
    }
  }

  GzipMember borrow() {
    GzipMember idle = packers.poll();
    return idle == null ? new GzipMember(level) : idle;
  }

  void giveBack(GzipMember packer) {
    packers.add(packer);
  }

  boolean mayHold() {
    return holding;
  }

  /** From now on something is written. */
  void stopHolding() {
    holding = false;
  }

  FileStat.Reader stats() {
    return stats;
  }

  @Override
  public void close() {
    packers.forEach(GzipMember::close);
    packers.clear();
  }
}
