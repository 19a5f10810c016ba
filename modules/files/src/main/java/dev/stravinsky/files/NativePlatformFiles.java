package dev.stravinsky.files;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.platform.PlatformFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;

/**
 * What NIO lacks, by the operating system's own calls. Linux has all of it; macOS has the renames
 * and {@code flock}; anything else only the JDK's locks, and says so in its capabilities.
 */
@ServiceProvider(value = PlatformFiles.class, resolution = Resolution.OPTIONAL)
@Component(service = PlatformFiles.class)
public final class NativePlatformFiles implements PlatformFiles {
  private static final String PROBE = TargetWalk.TRANSACTION_PREFIX + "probe-";

  /** Found by {@link java.util.ServiceLoader}. Nothing is linked before it is used. */
  public NativePlatformFiles() {}

  @Override
  public void warmUp() {
    if (Os.current() != Os.OTHER) {
      Libc.words(Libc.ENOENT); // Any call will do: all have one shape.
    }
  }

  @Override
  public Capabilities capabilities(Path directory) throws IOException {
    if (Os.current() == Os.OTHER) {
      return new Capabilities(false, false, false, false);
    }
    sweep(directory);
    Path scratch = directory.resolve(PROBE + UUID.randomUUID());
    FileWrites.createDirectory(scratch, FileWrites.PRIVATE_DIRECTORY);
    Optional<Lease> alive = Optional.empty();
    try {
      alive = flockIfPossible(scratch);
      return new Capabilities(
          canExchange(scratch),
          canRenameWithoutReplacing(scratch),
          NativeSync.isTrusted(directory),
          alive.isPresent());
    } finally {
      FileWrites.deleteTree(scratch);
      alive.ifPresent(Lease::close);
    }
  }

  /** Removes scratch folders of probes that were killed: nobody holds their lock. */
  private static void sweep(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PROBE + "*")) {
      for (Path scratch : left) {
        Optional<Lease> dead = flockIfPossible(scratch);
        if (dead.isPresent()) {
          FileWrites.deleteTree(scratch);
          dead.get().close();
        }
      }
    }
  }

  private static Optional<Lease> flockIfPossible(Path existing) {
    try {
      return NativeLocks.tryFlock(existing, LockMode.EXCLUSIVE);
    } catch (IOException e) {
      return Optional.empty(); // Gone meanwhile, or a file system without such locks.
    }
  }

  private boolean canExchange(Path scratch) throws IOException {
    Path one = scratch.resolve("one");
    Path other = scratch.resolve("other");
    FileWrites.create(one, new byte[] {1}, FileWrites.PRIVATE_FILE);
    FileWrites.create(other, new byte[] {2}, FileWrites.PRIVATE_FILE);
    try {
      exchange(one, other);
      return Files.readAllBytes(one)[0] == 2 && Files.readAllBytes(other)[0] == 1;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private boolean canRenameWithoutReplacing(Path scratch) throws IOException {
    Path from = scratch.resolve("from");
    FileWrites.create(from, new byte[0], FileWrites.PRIVATE_FILE);
    try {
      renameNoReplace(from, scratch.resolve("to"));
      FileWrites.create(from, new byte[0], FileWrites.PRIVATE_FILE);
      renameNoReplace(from, scratch.resolve("to"));
      return false;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    requireRenames();
    NativeRename.exchange(one, other);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    requireRenames();
    NativeRename.noReplace(from, to);
  }

  private static void requireRenames() {
    if (!NativeRename.isAvailable()) {
      throw new UnsupportedOperationException("this system's C library has no such rename");
    }
  }

  @Override
  public FileSystemSync openSync(Path directory) throws IOException {
    if (!NativeSync.isTrusted(directory)) {
      throw new UnsupportedOperationException(
          "no file system can be forced as a whole at " + directory);
    }
    return NativeSync.open(directory);
  }

  @Override
  public Optional<Lease> tryLock(Path file, LockMode mode) throws IOException {
    return Os.current() == Os.LINUX
        ? NativeLocks.tryLock(file, mode)
        : JdkLocks.tryLock(file, mode);
  }

  @Override
  public Optional<Lease> tryFlock(Path existing, LockMode mode) throws IOException {
    if (Os.current() == Os.OTHER) {
      throw new UnsupportedOperationException("this system has no flock");
    }
    return NativeLocks.tryFlock(existing, mode);
  }

  @Override
  public boolean lockedByOther(Path file) throws IOException {
    return switch (Os.current()) {
      case LINUX -> NativeLocks.lockedByOther(file);
      case MACOS -> JdkLocks.lockedByOther(file) || NativeLocks.lockedByOther(file);
      case OTHER -> JdkLocks.lockedByOther(file);
    };
  }

  @Override
  public List<String> lockHolders(Path file) throws IOException {
    return Os.current() == Os.LINUX ? LockHolders.of(file) : List.of();
  }

  @Override
  public Set<Path> mountPoints(Path anyPath) throws IOException {
    return Mounts.points(anyPath);
  }

  @Override
  public Optional<Boolean> openForWriting(Path file) throws IOException {
    return Os.current() == Os.LINUX ? NativeLeases.openForWriting(file) : Optional.empty();
  }

  @Override
  public void makePrivate(Path existing) throws IOException {
    Modes.set(existing, FileModes.of(existing) & 07700);
  }

  @Override
  public Optional<String> bootId() {
    try {
      // The machine's, whatever file system the files are on.
      Path id = FileSystems.getDefault().getPath("/proc/sys/kernel/random/boot_id");
      return Optional.of(Files.readString(id, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      return Optional.empty(); // Another system than Linux, or a sandbox that hides it.
    }
  }
}
