package dev.stravinsky.backup;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds members in an archive that is not as it was: all begin with the same ten bytes, which by
 * chance stand nowhere else.
 */
final class MemberScan {
  private static final int BUFFER_BYTES = 256 * 1024;

  private MemberScan() {}

  /** From a member's beginning to the next one's, or to the end of the file. */
  record Range(long offset, long bytes) {
    long end() {
      return offset + bytes;
    }
  }

  /** In their order; the first need not be at the file's beginning. */
  static List<Range> ranges(Path archive) throws IOException {
    List<Long> beginnings = new ArrayList<>();
    long size;
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
      size = channel.size();
      byte[] bytes = new byte[BUFFER_BYTES];
      int overlap = GzipMember.HEADER_BYTES - 1;
      for (long at = 0; at < size; at += BUFFER_BYTES - overlap) {
        int length = FileReads.fill(channel, ByteBuffer.wrap(bytes), at);
        for (int i = 0; i + overlap < length; i++) {
          if (GzipMember.beginsAt(bytes, i)) {
            beginnings.add(at + i);
          }
        }
      }
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < beginnings.size(); i++) {
      long end = i + 1 < beginnings.size() ? beginnings.get(i + 1) : size;
      ranges.add(new Range(beginnings.get(i), end - beginnings.get(i)));
    }
    return ranges;
  }

  /**
   * Where each of these members is now, with the very bytes that its checksum is of; empty for
   * those that are nowhere. They need not be where they were: others may have been cut out, put in
   * or swapped.
   */
  static List<Optional<Member>> locate(Path archive, List<Member> members) throws IOException {
    List<Optional<Member>> found = new ArrayList<>();
    Map<Sha256, Range> moved = Map.of();
    boolean there = Presence.isRegularFile(archive, LinkOption.NOFOLLOW_LINKS);
    for (Member member : members) {
      boolean intact = there && new KnownMembers.Source(archive, member).isIntact();
      found.add(intact ? Optional.of(member) : Optional.empty());
    }
    if (there && found.contains(Optional.<Member>empty())) {
      moved = bySum(archive);
    }
    for (int i = 0; i < members.size(); i++) {
      Optional<Range> elsewhere = Optional.ofNullable(moved.get(members.get(i).stored()));
      if (found.get(i).isEmpty() && elsewhere.isPresent()) {
        found.set(i, Optional.of(members.get(i).at(elsewhere.get().offset())));
      }
    }
    return found;
  }

  private static Map<Sha256, Range> bySum(Path archive) throws IOException {
    Map<Sha256, Range> ranges = new HashMap<>();
    for (Range range : ranges(archive)) {
      ranges.putIfAbsent(KnownMembers.sum(archive, range.offset(), range.end()), range);
    }
    return ranges;
  }
}
