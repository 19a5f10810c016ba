package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is on the disk below a directory, by the names' bytes, percent-encoded. */
record TreeListing(SortedMap<String, Entry> entries) {

  /** What a program may be unable to keep. */
  enum Detail {
    NANOSECONDS,
    /** Before 1970 and after 2242, which ustar's field does not hold. */
    FAR_TIMES,
    LINK_TIMES,
    DIRECTORY_TIMES,
    LINK_OWNERS,
    OWNERS
  }

  /**
   * One entry.
   *
   * @param type {@code f}, {@code d} or {@code l}
   * @param content a file's checksum, a link's target
   * @param also the first name of a file that has several
   */
  record Entry(char type, int mode, String content, String also, Instant time, String owner) {

    /** As much of it as a program can bring back. */
    Entry keeping(Set<Detail> details) {
      boolean timed =
          switch (type) {
            case 'l' -> details.contains(Detail.LINK_TIMES);
            case 'd' -> details.contains(Detail.DIRECTORY_TIMES);
            default -> true;
          };
      Instant kept =
          details.contains(Detail.NANOSECONDS) ? time : time.truncatedTo(ChronoUnit.SECONDS);
      if (!details.contains(Detail.FAR_TIMES) && kept.isBefore(Instant.EPOCH)) {
        kept = Instant.EPOCH;
      }
      Detail ownership = type == 'l' ? Detail.LINK_OWNERS : Detail.OWNERS;
      String whose = details.contains(ownership) ? owner : "";
      return new Entry(type, mode, content, also, timed ? kept : Instant.EPOCH, whose);
    }

    Entry named(UnaryOperator<String> name) {
      return new Entry(type, mode, content, also.isEmpty() ? "" : name.apply(also), time, owner);
    }
  }

  static TreeListing of(Path top) throws IOException {
    SortedMap<String, Path> paths = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(top)) {
      for (Path path : (Iterable<Path>) walk.filter(p -> !p.equals(top))::iterator) {
        paths.put(EntryPath.relativize(top, path).encoded(), path);
      }
    }
    SortedMap<String, Entry> entries = new TreeMap<>();
    Map<Object, String> firstNames = new HashMap<>();
    for (Map.Entry<String, Path> path : paths.entrySet()) {
      entries.put(path.getKey(), entry(path.getKey(), path.getValue(), firstNames));
    }
    return new TreeListing(entries);
  }

  private static Entry entry(String name, Path path, Map<Object, String> firstNames)
      throws IOException {
    String wanted = "unix:mode,uid,gid,ino,lastModifiedTime";
    Map<String, Object> stat = Files.readAttributes(path, wanted, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) stat.get("mode");
    char type = Map.of(0100000, 'f', 0040000, 'd', 0120000, 'l').get(mode & 0170000);
    String content =
        switch (type) {
          case 'f' -> EntryStates.regular(path).sha256().hex();
          case 'l' -> Files.readSymbolicLink(path).toString();
          default -> "";
        };
    String first = type == 'f' ? firstNames.putIfAbsent(stat.get("ino"), name) : null;
    return new Entry(
        type,
        type == 'l' ? 0 : mode & 07777,
        content,
        first == null ? "" : first,
        ((FileTime) stat.get("lastModifiedTime")).toInstant(),
        stat.get("uid") + ":" + stat.get("gid"));
  }

  /** Only the entries of a single-file target, if {@code files} names any. */
  TreeListing only(List<String> files) {
    SortedMap<String, Entry> some = new TreeMap<>(entries);
    some.keySet().removeIf(path -> !files.isEmpty() && !files.contains(path));
    return new TreeListing(some);
  }
}
