package dev.stravinsky.backup;

import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a file system says of an entry, a link not followed.
 *
 * @param key the same for two names of one file, where the file system has such keys
 * @param changed the time of the last change of content or attributes, where there is one
 */
record FileStat(
    Type type,
    int mode,
    TarHeader.Owner owner,
    long size,
    Instant modified,
    Instant changed,
    Object key) {

  /** The kinds of entries that there can be in a backup. */
  enum Type {
    FILE,
    DIRECTORY,
    LINK
  }

  /** Whether nothing says that the file was written between the two looks at it. */
  boolean sameAs(FileStat later) {
    return type == later.type
        && mode == later.mode
        && size == later.size
        && modified.equals(later.modified)
        && changed.equals(later.changed)
        && Objects.equals(key, later.key);
  }

  /** Looks at entries; remembers the names of owners, which are dear to ask for. */
  static class Reader {
    private static final String UNIX = "unix:mode,uid,gid,size,lastModifiedTime,ctime,dev,ino";
    private static final int TYPE_BITS = 0170000;

    private final Map<Long, String> users = new ConcurrentHashMap<>();
    private final Map<Long, String> groups = new ConcurrentHashMap<>();

    FileStat read(Path path) throws IOException {
      return FileModes.hasUnixView(path) ? unix(path) : portable(path);
    }

    private FileStat unix(Path path) throws IOException {
      Map<String, Object> values = Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) values.get("mode");
      Type type =
          switch (mode & TYPE_BITS) {
            case 0100000 -> Type.FILE;
            case 0040000 -> Type.DIRECTORY;
            case 0120000 -> Type.LINK;
            default -> throw special(path);
          };
      return new FileStat(
          type,
          mode & 07777,
          owner(path, (Integer) values.get("uid"), (Integer) values.get("gid")),
          (Long) values.get("size"),
          ((FileTime) values.get("lastModifiedTime")).toInstant(),
          ((FileTime) values.get("ctime")).toInstant(),
          values.get("dev") + ":" + values.get("ino"));
    }

    private FileStat portable(Path path) throws IOException {
      BasicFileAttributes values =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Type type;
      if (values.isSymbolicLink()) {
        type = Type.LINK;
      } else if (values.isDirectory()) {
        type = Type.DIRECTORY;
      } else if (values.isRegularFile()) {
        type = Type.FILE;
      } else {
        throw special(path);
      }
      Instant modified = values.lastModifiedTime().toInstant();
      Object key = values.fileKey() == null ? path : values.fileKey();
      return new FileStat(
          type,
          type == Type.LINK ? 0777 : FileModes.of(path),
          TarHeader.Owner.NOBODY,
          values.size(),
          modified,
          modified,
          key);
    }

    private TarHeader.Owner owner(Path path, long uid, long gid) throws IOException {
      String user = users.get(uid);
      String group = groups.get(gid);
      if (user == null || group == null) {
        PosixFileAttributes names =
            Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        user = name(names.owner().getName(), uid);
        group = name(names.group().getName(), gid);
        users.put(uid, user);
        groups.put(gid, group);
      }
      return new TarHeader.Owner(uid & 0xffffffffL, gid & 0xffffffffL, user, group);
    }

    /** An id that nobody has comes as its digits, which are no name. */
    private static String name(String name, long id) {
      return name.equals(Long.toString(id)) ? "" : name;
    }

    private static IOException special(Path path) {
      return new IOException(path + " is neither a file, a link nor a directory");
    }
  }
}
