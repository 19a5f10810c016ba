package dev.stravinsky.merge;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.TargetView.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * What the user has at one path. A file is hashed only when its size and mode leave the question
 * open, and at most once.
 */
final class LiveEntry {
  private final Optional<Node> node;
  private final Kind kind;
  private final Optional<Path> content;
  private final String obstacle;
  private Optional<EntryState.Regular> hashed = Optional.empty();

  private enum Kind {
    ABSENT,
    FILE,
    LINK,
    DIRECTORY,
    OTHER
  }

  private LiveEntry(Optional<Node> node, Kind kind, Optional<Path> content, String obstacle) {
    this.node = node;
    this.kind = kind;
    this.content = content;
    this.obstacle = obstacle;
  }

  /**
   * Reads what kind of entry it is.
   *
   * @param obstacle what stands on the way to it, empty if nothing does
   * @param roots where the targets are: a link into one of them is no other name for a file, since
   *     what it leads to has a decision of its own
   */
  static LiveEntry of(Optional<Node> node, String obstacle, List<Path> roots) throws IOException {
    if (node.isEmpty()) {
      return new LiveEntry(node, Kind.ABSENT, Optional.empty(), obstacle);
    }
    Path location = node.get().location();
    BasicFileAttributes attributes =
        Files.readAttributes(location, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      Optional<Path> end =
          node.get().linkEnd().filter(e -> roots.stream().noneMatch(e::startsWith));
      return new LiveEntry(node, Kind.LINK, end, obstacle);
    }
    if (attributes.isRegularFile()) {
      return new LiveEntry(node, Kind.FILE, Optional.of(location), obstacle);
    }
    Kind kind = attributes.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    return new LiveEntry(node, kind, Optional.empty(), obstacle);
  }

  boolean absent() {
    return kind == Kind.ABSENT;
  }

  /** Why nothing can be written here, whatever both sides want; empty if it can. */
  String obstacle() {
    return switch (kind) {
      case DIRECTORY -> "there is a folder where the release has a file";
      case OTHER -> "there is a pipe, socket or device, which is left alone";
      default -> obstacle;
    };
  }

  /** Whether it is a file or link that counted as the installed release's. */
  boolean fromRelease() {
    return (kind == Kind.FILE || kind == Kind.LINK)
        && node.filter(n -> n.origin() == Origin.RELEASE).isPresent();
  }

  /** Whether the entry itself is this. */
  boolean is(EntryState state) throws IOException {
    return switch (state) {
      case EntryState.Regular regular -> kind == Kind.FILE && holds(regular);
      case EntryState.Link link -> kind == Kind.LINK && link.equals(own());
      case EntryState.Directory directory -> false;
      case EntryState.Absent absent -> absent();
    };
  }

  /** Whether it is this, or a link of the user's at whose end this is. */
  boolean shows(EntryState state) throws IOException {
    return state instanceof EntryState.Regular regular ? holds(regular) : is(state);
  }

  /** Whether it is a file of one of these contents, its mode whatever it is. */
  boolean isFileOf(List<Sha256> contents) throws IOException {
    return kind == Kind.FILE && !contents.isEmpty() && contents.contains(hashed().sha256());
  }

  /** Whether one change can make {@code state} of it without writing where it should not. */
  boolean canBecome(EntryState state) {
    return state instanceof EntryState.Regular ? content.isPresent() || absent() : true;
  }

  /** Whether new content would go to the end of a link. */
  Optional<Path> linkEnd() {
    return kind == Kind.LINK ? content : Optional.empty();
  }

  Optional<Path> content() {
    return content;
  }

  /** What a change that writes content finds: the file at the end of a link. */
  EntryState beforeContent() throws IOException {
    return content.isPresent() ? hashed() : own();
  }

  /** What a change of the entry itself finds. */
  EntryState own() throws IOException {
    return switch (kind) {
      case ABSENT -> EntryState.ABSENT;
      case FILE -> hashed();
      case LINK ->
          new EntryState.Link(
              LinkTargets.encode(Files.readSymbolicLink(node.orElseThrow().location())));
      case DIRECTORY -> new EntryState.Directory(FileModes.of(node.orElseThrow().location()));
      case OTHER -> throw new IOException(node.orElseThrow().location() + " is no file");
    };
  }

  private boolean holds(EntryState.Regular wanted) throws IOException {
    if (content.isEmpty()) {
      return false;
    }
    if (hashed.isEmpty()) {
      Path file = content.get();
      if (Files.size(file) != wanted.sizeBytes() || FileModes.of(file) != wanted.mode()) {
        return false;
      }
    }
    return hashed().equals(wanted);
  }

  private EntryState.Regular hashed() throws IOException {
    if (hashed.isEmpty()) {
      Path file = content.orElseThrow(() -> new NoSuchFileException(toString()));
      hashed = Optional.of(EntryStates.regular(file));
    }
    return hashed.get();
  }

  @Override
  public String toString() {
    return node.map(n -> n.path().readable()).orElse("nothing");
  }
}
