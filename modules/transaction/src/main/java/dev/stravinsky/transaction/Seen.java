package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What was found at a path, a link not followed.
 *
 * @param state empty for what is neither a file, a link nor a directory
 * @param inode the inode's number, empty where there is none; device numbers may change at a boot
 */
record Seen(Optional<EntryState> state, String inode) {

  static Seen at(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return new Seen(Optional.of(EntryState.ABSENT), "");
    }
    if (attributes.isOther()) {
      return new Seen(Optional.empty(), inode(path));
    }
    return new Seen(Optional.of(EntryStates.of(path)), inode(path));
  }

  boolean is(EntryState expected) {
    return state.filter(expected::equals).isPresent();
  }

  boolean isAbsent() {
    return is(EntryState.ABSENT);
  }

  boolean isDirectory() {
    return state.filter(EntryState.Directory.class::isInstance).isPresent();
  }

  /** The same bytes or link, whatever the mode. */
  boolean hasContentOf(EntryState expected) {
    return state.filter(s -> content(s).equals(content(expected))).isPresent();
  }

  /** The inode's number, empty where there is none or nothing is there. */
  static String inode(Path path) throws IOException {
    try {
      if (FileModes.hasUnixView(path)) {
        return String.valueOf(Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
      }
      Object key =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? "" : key.toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static Object content(EntryState state) {
    return state instanceof EntryState.Regular file ? file.sha256() : state;
  }
}
