package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.security.Principal;
import java.util.Optional;

/**
 * Refuses what Linux would refuse to a user by modes, owners and sticky directories; called before
 * the delegate does it. What does not exist is left to the delegate to say.
 */
final class Permissions {
  private final Credentials who;
  private final ModeBits bits;

  Permissions(Credentials who, ModeBits bits) {
    this.who = who;
    this.bits = bits;
  }

  /** To look at an entry. */
  void reach(FaultPath path, boolean follow) throws IOException {
    walk(path, follow);
  }

  /** To open, list or ask about what exists. */
  void need(FaultPath path, AccessMode... modes) throws IOException {
    Path place = walk(path, true);
    for (AccessMode mode : modes) {
      if (exists(place) && !ModeBits.allows(place, mode, who)) {
        throw Errno.EACCES.on(path, Optional.empty());
      }
    }
  }

  /** To open a file. */
  void open(FaultPath path, Kind kind, boolean reads) throws IOException {
    if (kind == Kind.CREATE) {
      create(path);
      return;
    }
    if (reads) {
      need(path, AccessMode.READ);
    }
    if (kind != Kind.OPEN) {
      need(path, AccessMode.WRITE);
    }
  }

  /** To make an entry; one that exists is refused for that, not for the mode. */
  void create(FaultPath path) throws IOException {
    Path place = walk(path, false);
    if (!exists(place)) {
      changeDirectory(place.getParent(), path);
    }
  }

  /** To write a copy there, over what may be there. */
  void copy(FaultPath from, FaultPath to) throws IOException {
    need(from, AccessMode.READ);
    Path place = walk(to, false);
    if (exists(place)) {
      remove(to);
    } else {
      changeDirectory(place.getParent(), to);
    }
  }

  /** To give a second name; Linux protects files from links by those who could not write them. */
  void link(FaultPath link, FaultPath existing) throws IOException {
    Path file = walk(existing, false);
    boolean own = !exists(file) || ModeBits.owns(file, who);
    boolean writable =
        !own
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && ModeBits.allows(file, AccessMode.READ, who)
            && ModeBits.allows(file, AccessMode.WRITE, who);
    if (!own && !writable) {
      throw Errno.EPERM.on(link, Optional.of(existing));
    }
    create(link);
  }

  /** To take a name away. */
  void remove(FaultPath path) throws IOException {
    Path place = walk(path, false);
    Path parent = place.getParent();
    if (!exists(place) || parent == null) {
      return;
    }
    changeDirectory(parent, path);
    boolean mine = ModeBits.owns(place, who) || ModeBits.owns(parent, who);
    if (!mine && bits.isSticky(parent)) {
      throw Errno.EPERM.on(path, Optional.empty());
    }
  }

  void rename(FaultPath from, FaultPath to) throws IOException {
    if (!exists(walk(from, false))) {
      walk(to, false);
      return; // That nothing is there is noticed before anything else is asked.
    }
    remove(from);
    if (exists(walk(to, false))) {
      remove(to);
    } else {
      create(to);
    }
    moveUp(from, to);
  }

  void exchange(FaultPath one, FaultPath other) throws IOException {
    remove(one);
    remove(other);
    moveUp(one, other);
    moveUp(other, one);
  }

  /**
   * To set an attribute, named as for {@link Files#setAttribute}: modes and times are the owner's,
   * a group is given by the owner to a group that the owner is in, and only root gives files away.
   */
  void set(FaultPath path, String name, Object value, boolean follow) throws IOException {
    Path place = walk(path, follow);
    if (!exists(place)) {
      return;
    }
    if (name.startsWith("user:")) {
      need(path, AccessMode.WRITE);
      return;
    }
    boolean permitted =
        switch (name.substring(name.indexOf(':') + 1)) {
          case "owner", "uid", "gid" -> who.isRoot();
          case "group" -> ModeBits.owns(place, who) && (who.isRoot() || who.isIn(nameOf(value)));
          default -> ModeBits.owns(place, who);
        };
    if (!permitted) {
      throw Errno.EPERM.on(path, Optional.empty());
    }
  }

  private static String nameOf(Object group) {
    return ((Principal) group).getName();
  }

  /** What was made belongs to who made it. */
  void created(FaultPath path) throws IOException {
    UserPrincipalLookupService names =
        path.delegate().getFileSystem().getUserPrincipalLookupService();
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            path.delegate(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setOwner(names.lookupPrincipalByName(who.user()));
    view.setGroup(names.lookupPrincipalByGroupName(who.group()));
  }

  /** A directory that gets another parent is written to, for its ".." is changed. */
  private void moveUp(FaultPath from, FaultPath to) throws IOException {
    Path place = walk(from, false);
    boolean moves = !place.getParent().equals(walk(to, false).getParent());
    if (moves
        && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
        && !ModeBits.allows(place, AccessMode.WRITE, who)) {
      throw Errno.EACCES.on(from, Optional.of(to));
    }
  }

  private void changeDirectory(Path directory, FaultPath path) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && !(ModeBits.allows(directory, AccessMode.WRITE, who)
            && ModeBits.allows(directory, AccessMode.EXECUTE, who))) {
      throw Errno.EACCES.on(path, Optional.empty());
    }
  }

  private Path walk(FaultPath path, boolean follow) throws IOException {
    return new PathWalk(who)
        .walk(path.delegate(), follow)
        .orElseThrow(() -> Errno.EACCES.on(path, Optional.empty()));
  }

  private static boolean exists(Path place) {
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }
}
