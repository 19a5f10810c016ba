package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.PercentEncoding;
import dev.stravinsky.api.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an archive without a manifest, by the headers in it, and past what is damaged. Every member
 * has to be what its own checksum is of, every header has to be whole, and a name that comes after
 * damage must be in its place in the archive's order: a file's content is not taken for files. What
 * only a manifest could tell stays unseen: two contents of one length in each other's place.
 */
final class ArchiveSalvage {
  /** As {@link ArchiveReader} has it: no group of small files is larger. */
  private static final int MAX_GROUP_BYTES = 64 * 1024 * 1024;

  private final Path archive;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Stored> entries = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> damage = new ArrayList<>();
  private Optional<TarHeader> open = Optional.empty();
  private byte[] lastName = {};
  private boolean afterDamage;
  private boolean ended;

  private ArchiveSalvage(Path archive) {
    this.archive = archive;
  }

  /**
   * What was found.
   *
   * @param entries by their paths in the archive, percent-encoded
   * @param lost paths of files whose header is there and whose content is not
   * @param damage sentences about what nobody can name
   */
  record Found(
      List<Member> members, Map<String, Stored> entries, List<String> lost, List<String> damage) {}

  static Found read(Path archive) throws IOException {
    ArchiveSalvage salvage = new ArchiveSalvage(archive);
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
      salvage.read(new LooseMember(channel), channel.size());
    }
    return new Found(salvage.members, salvage.entries, salvage.lost, salvage.damage);
  }

  private void read(LooseMember source, long size) throws IOException {
    long end = 0;
    for (MemberScan.Range range : MemberScan.ranges(archive)) {
      gap(end, range.offset());
      end = range.end();
      try {
        Member member = open.isPresent() ? content(source, range) : group(source, range);
        members.add(member);
        afterDamage = false;
        gap(member.end(), range.end());
      } catch (TarFormatException e) {
        giveUpContent();
        damaged(range.offset(), range.end(), e.getMessage());
      }
    }
    gap(end, size);
    giveUpContent();
    if (!ended) {
      damage.add("has no end: what followed was cut off");
    }
  }

  private void gap(long from, long to) {
    if (from < to) {
      giveUpContent();
      damaged(from, to, "are no part of an archive");
    }
  }

  private void damaged(long from, long to, String what) {
    afterDamage = true;
    damage.add("bytes " + from + " to " + (to - 1) + ": " + what);
  }

  private void giveUpContent() {
    open.ifPresent(header -> lost.add(header.name()));
    open = Optional.empty();
  }

  /** The content of the file whose header was the last of the member before. */
  private Member content(LooseMember source, MemberScan.Range range)
      throws IOException, TarFormatException {
    TarHeader header = open.orElseThrow();
    MessageDigest digest = Sha256.newDigest();
    long[] left = {header.size()};
    Member member =
        source.unpack(
            range,
            (bytes, n) -> {
              digest.update(bytes, 0, (int) Math.min(n, left[0]));
              left[0] -= Math.min(n, left[0]);
            });
    if (member.rawBytes() != TarHeader.padded(header.size())) {
      throw new TarFormatException("has another length than its entry");
    }
    open = Optional.empty();
    add(header, new Spot(members.size() - 1, members.size(), 0, Sha256.from(digest)));
    return member;
  }

  private Member group(LooseMember source, MemberScan.Range range)
      throws IOException, TarFormatException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    Member member =
        source.unpack(
            range,
            (bytes, n) -> {
              if (unpacked.size() <= MAX_GROUP_BYTES) {
                unpacked.write(bytes, 0, n);
              }
            });
    byte[] raw = unpacked.toByteArray();
    if (raw.length == TarHeader.END_BYTES && ArchiveReader.isZero(raw, 0, raw.length)) {
      ended = true;
      return member;
    }
    TarHeaderReader headers = new TarHeaderReader(raw, raw.length);
    List<Runnable> found = new ArrayList<>();
    while (!headers.atEnd()) {
      TarHeader header = headers.next();
      requireOrder(header);
      int start = headers.position();
      if (header.size() > 0 && headers.atEnd()) {
        found.add(() -> open = Optional.of(header));
      } else {
        headers.skip(header.size());
        Sha256 sum = Sha256.of(Arrays.copyOfRange(raw, start, start + (int) header.size()));
        Spot spot = new Spot(members.size(), members.size(), start, sum);
        found.add(() -> add(header, spot));
      }
    }
    // Only a group that is sound to its end counts.
    found.forEach(Runnable::run);
    return member;
  }

  private void requireOrder(TarHeader header) throws TarFormatException {
    byte[] name = PercentEncoding.decode(header.name());
    if (afterDamage && Arrays.compareUnsigned(lastName, name) >= 0) {
      throw new TarFormatException("may be a file's content: nobody knows whose");
    }
    lastName = name;
  }

  private void add(TarHeader header, Spot spot) {
    Optional<Item.Place> place = place(header.name());
    if (place.isEmpty()) {
      damage.add("has an entry of a name that none may have: " + header.name());
      return;
    }
    EntryState state =
        switch (header.type()) {
          case TarHeader.DIRECTORY -> new EntryState.Directory(header.mode() & 07777);
          case TarHeader.LINK -> new EntryState.Link(header.linkTarget());
          default -> new EntryState.Regular(spot.sum(), header.size(), header.mode() & 07777);
        };
    boolean hardLink = header.type() == TarHeader.HARD_LINK;
    Stored entry =
        new Stored(
            place.get(),
            state,
            header.modified(),
            spot.header(),
            spot.member(),
            spot.at(),
            hardLink ? header.linkTarget() : "");
    if (entries.putIfAbsent(header.name(), entry) != null) {
      damage.add("has two entries of one name, of which the first counts: " + header.name());
    }
  }

  /** Empty for a name that is no path in an archive of a backup. */
  private static Optional<Item.Place> place(String archivePath) {
    String[] parts = archivePath.split("/", 3);
    boolean linked = parts.length == 3 && parts[1].equals(Item.LINKED);
    try {
      Item.Place plain = Row.place(linked ? parts[0] + "/" + parts[2] : archivePath);
      return Optional.of(new Item.Place(plain.target(), plain.level(), plain.path(), linked));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where an entry's header and content are. */
  private record Spot(int header, int member, long at, Sha256 sum) {}
}
