package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.PercentEncoding;
import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an archive has to unpack to, member by member, according to the manifest; and whether it
 * does.
 */
final class ArchiveCheck {
  private static final Comparator<Stored> ORDER =
      (a, b) -> PercentEncoding.compare(a.place().archivePath(), b.place().archivePath());

  private final String archive;
  private final List<Member> members;
  private final TreeMap<Integer, List<Stored>> byHeader = new TreeMap<>();
  private final TreeMap<Integer, Stored> apart = new TreeMap<>();

  ArchiveCheck(String archive, List<Member> members, List<Row> rows) {
    this.archive = archive;
    this.members = members;
    for (Row row : rows) {
      for (Stored entry : row.all()) {
        byHeader.computeIfAbsent(entry.header(), h -> new ArrayList<>()).add(entry);
        if (entry.apart()) {
          apart.put(entry.member(), entry);
        }
      }
    }
    // The manifest has them in order, but for the files behind links, which stand beside the links.
    if (rows.stream().anyMatch(row -> row.linked().isPresent())) {
      byHeader.values().forEach(list -> list.sort(ORDER));
    }
  }

  /** The accounts of all archives that a manifest names. */
  static Map<String, ArchiveCheck> all(Path manifest) throws IOException {
    Map<String, ArchiveCheck> checks = new TreeMap<>();
    try (Stream<Row> rows = ManifestReader.rows(manifest)) {
      Map<String, List<Row>> byArchive = rows.collect(Collectors.groupingBy(Row::archive));
      ManifestReader.members(manifest)
          .forEach(
              (archive, members) ->
                  checks.put(
                      archive,
                      new ArchiveCheck(
                          archive, members, byArchive.getOrDefault(archive, List.of()))));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return checks;
  }

  String archive() {
    return archive;
  }

  List<Member> members() {
    return members;
  }

  /** What is wrong with the manifest's account of the archive; empty if nothing is. */
  Optional<String> structureFault(long sizeBytes, long filesCount) {
    long end = 0;
    for (Member member : members) {
      if (member.offset() != end) {
        return Optional.of("its members leave gaps or overlap at byte " + end);
      }
      end = member.end();
    }
    long count = byHeader.values().stream().mapToLong(List::size).sum();
    int last = members.size() - 1;
    if (last < 0 || end != sizeBytes) {
      return Optional.of("its members are " + end + " bytes, not " + sizeBytes);
    }
    if (count != filesCount) {
      return Optional.of("the manifest names " + count + " of its " + filesCount + " entries");
    }
    boolean outside =
        !byHeader.isEmpty() && byHeader.lastKey() >= last
            || !apart.isEmpty() && apart.lastKey() >= last;
    return outside ? Optional.of("entries stand behind its end") : Optional.empty();
  }

  /** What is wrong with a member's unpacked content; empty if it is as the manifest says. */
  Optional<String> fault(ArchiveReader reader, int index) throws IOException {
    try {
      Member member = members.get(index);
      if (apart.containsKey(index)) {
        return contentFault(reader, member, apart.get(index));
      }
      byte[] raw = reader.unpack(member);
      if (index == members.size() - 1) {
        boolean end = raw.length == TarHeader.END_BYTES && ArchiveReader.isZero(raw, 0, raw.length);
        return end ? Optional.empty() : Optional.of("the end blocks are missing");
      }
      return groupFault(raw, byHeader.getOrDefault(index, List.of()));
    } catch (TarFormatException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Which members' stored bytes are not those that their checksums are of, and what they hold. */
  List<String> brokenMembers(Path file, long sizeBytes) throws IOException {
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.end() > sizeBytes || !new KnownMembers.Source(file, member).isIntact()) {
        String bytes = "bytes " + member.offset() + " to " + (member.end() - 1);
        broken.add(bytes + " are damaged; they hold " + entriesOf(i));
      }
    }
    return broken;
  }

  /** How many entries' headers are in a member. */
  int entriesCount(int index) {
    return byHeader.getOrDefault(index, List.of()).size();
  }

  /** The entries whose header or content is in a member, for people. */
  String entriesOf(int index) {
    List<Stored> entries =
        apart.containsKey(index)
            ? List.of(apart.get(index))
            : byHeader.getOrDefault(index, List.of());
    return entries.isEmpty()
        ? "the archive's end"
        : entries.stream()
            .map(entry -> new dev.stravinsky.api.EntryPath(entry.place().archivePath()).readable())
            .collect(Collectors.joining(", "));
  }

  private static Optional<String> contentFault(ArchiveReader reader, Member member, Stored entry)
      throws IOException, TarFormatException {
    MessageDigest digest = Sha256.newDigest();
    long size = entry.contentBytes();
    if (member.rawBytes() != TarHeader.padded(size)) {
      return Optional.of("has another length than its entry");
    }
    long[] seen = new long[1];
    reader.stream(
        member,
        (bytes, n) -> {
          digest.update(bytes, 0, (int) Math.max(0, Math.min(n, size - seen[0])));
          seen[0] += n;
        });
    EntryState.Regular file = (EntryState.Regular) entry.state();
    return Sha256.from(digest).equals(file.sha256())
        ? Optional.empty()
        : Optional.of("the content has another checksum");
  }

  private static Optional<String> groupFault(byte[] raw, List<Stored> entries)
      throws TarFormatException {
    TarHeaderReader headers = new TarHeaderReader(raw, raw.length);
    for (Stored entry : entries) {
      TarHeader header = headers.next();
      String path =
          new String(PercentEncoding.decode(entry.place().archivePath()), StandardCharsets.UTF_8);
      if (!agrees(header, entry)) {
        return Optional.of("where " + path + " has to be there is " + header.name());
      }
      long size = entry.apart() ? 0 : entry.contentBytes();
      int start = headers.position();
      headers.skip(size);
      if (size > 0) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(raw, start, (int) size);
        EntryState.Regular file = (EntryState.Regular) entry.state();
        if (start != entry.at() || !Sha256.from(digest).equals(file.sha256())) {
          return Optional.of("the content of " + path + " has another checksum");
        }
      }
    }
    return headers.atEnd() ? Optional.empty() : Optional.of("there are more entries than named");
  }

  private static boolean agrees(TarHeader header, Stored entry) {
    int mode = header.mode();
    if (entry.state() instanceof EntryState.Regular file) {
      mode = file.mode();
    } else if (entry.state() instanceof EntryState.Directory directory) {
      mode = directory.mode();
    }
    String link =
        entry.state() instanceof EntryState.Link symbolic ? symbolic.target() : entry.hardLinkTo();
    return header.name().equals(entry.place().archivePath())
        && header.type() == entry.type()
        && header.size() == entry.contentBytes()
        && (header.mode() & 07777) == mode
        && header.modified().equals(entry.modified())
        && Arrays.equals(PercentEncoding.decode(header.linkTarget()), PercentEncoding.decode(link));
  }
}
