package dev.stravinsky.testkit.fs;

import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what to one entry of the delegate, by its mode, its owner and its group. */
final class ModeBits {
  private static final int STICKY = 01000;
  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final FileAttribute<?> USUAL_FOR_DIRECTORIES =
      PosixFilePermissions.asFileAttribute(FOR_ALL);

  /** Inodes of sticky directories, where the delegate has no bit for it. */
  private final Set<Object> sticky = ConcurrentHashMap.newKeySet();

  /** Lets everybody search the top of Jimfs. */
  static void open(FileSystem jimfs) {
    try {
      for (Path root : jimfs.getRootDirectories()) {
        Files.setPosixFilePermissions(root, FOR_ALL);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory refused a mode", e);
    }
  }

  void makeSticky(Path directory) throws IOException {
    sticky.add(LockTable.key(directory));
  }

  boolean isSticky(Path directory) throws IOException {
    return sticky.contains(LockTable.key(directory))
        || directory.getFileSystem().supportedFileAttributeViews().contains("unix")
            && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }

  static boolean owns(Path entry, Credentials who) throws IOException {
    return who.isRoot() || attributes(entry).owner().getName().equals(who.user());
  }

  static boolean allows(Path entry, AccessMode mode, Credentials who) throws IOException {
    PosixFileAttributes attributes = attributes(entry);
    Set<PosixFilePermission> bits = attributes.permissions();
    if (who.isRoot()) {
      return mode != AccessMode.EXECUTE || attributes.isDirectory() || anyBit(mode, bits);
    }
    // The first class that fits decides, though another one would allow more.
    if (attributes.owner().getName().equals(who.user())) {
      return bits.contains(ownersBit(mode));
    }
    return who.isIn(attributes.group().getName())
        ? bits.contains(groupsBit(mode))
        : bits.contains(othersBit(mode));
  }

  /** Jimfs gives directories the mode of files, which nobody may search; Linux does not. */
  static FileAttribute<?>[] ofNewDirectory(Path directory, FileAttribute<?>... given) {
    boolean jimfs = directory.getFileSystem().provider().getScheme().equals(Jimfs.URI_SCHEME);
    return jimfs && given.length == 0 ? new FileAttribute<?>[] {USUAL_FOR_DIRECTORIES} : given;
  }

  /** Whether a program can be run by anybody, for a caller of whom nothing is known. */
  static void checkExecutable(FaultPath path, AccessMode... modes) throws IOException {
    Path file = path.delegate();
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    boolean asked = List.of(modes).contains(AccessMode.EXECUTE);
    if (asked
        && view != null
        && !Files.isDirectory(file)
        && !anyBit(AccessMode.EXECUTE, view.readAttributes().permissions())) {
      throw Errno.EACCES.on(path, Optional.empty());
    }
  }

  private static boolean anyBit(AccessMode mode, Set<PosixFilePermission> bits) {
    return EnumSet.of(ownersBit(mode), groupsBit(mode), othersBit(mode)).stream()
        .anyMatch(bits::contains);
  }

  private static PosixFileAttributes attributes(Path entry) throws IOException {
    return Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static PosixFilePermission ownersBit(AccessMode mode) {
    return switch (mode) {
      case READ -> PosixFilePermission.OWNER_READ;
      case WRITE -> PosixFilePermission.OWNER_WRITE;
      case EXECUTE -> PosixFilePermission.OWNER_EXECUTE;
    };
  }

  private static PosixFilePermission groupsBit(AccessMode mode) {
    return switch (mode) {
      case READ -> PosixFilePermission.GROUP_READ;
      case WRITE -> PosixFilePermission.GROUP_WRITE;
      case EXECUTE -> PosixFilePermission.GROUP_EXECUTE;
    };
  }

  private static PosixFilePermission othersBit(AccessMode mode) {
    return switch (mode) {
      case READ -> PosixFilePermission.OTHERS_READ;
      case WRITE -> PosixFilePermission.OTHERS_WRITE;
      case EXECUTE -> PosixFilePermission.OTHERS_EXECUTE;
    };
  }
}
