package dev.stravinsky.testkit.fs;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What NIO lacks, on a {@link FaultFileSystem}, as one process has it: two objects of one file
 * system are two processes. Every operation passes the same gate as the rest. Before the default
 * file system exchanges, renames and syncs are then the real ones; locks are simulated all the
 * same.
 */
public final class SimulatedPlatformFiles implements PlatformFiles {
  /** What Linux can do on ext4, xfs, btrfs and tmpfs. */
  public static final Capabilities LINUX = new Capabilities(true, true, true, true);

  private static final String BOOT_ID = "00000000-0000-4000-8000-000000000001";

  private final FaultFileSystem fileSystem;
  private final Capabilities capabilities;

  SimulatedPlatformFiles(FaultFileSystem fileSystem, Capabilities capabilities) {
    this.fileSystem = fileSystem;
    this.capabilities = capabilities;
  }

  /** Another process, on a file system that can do only this. */
  public SimulatedPlatformFiles with(Capabilities others) {
    return new SimulatedPlatformFiles(fileSystem, others);
  }

  /** The process ends, however that came: its locks are free. */
  public void end() {
    fileSystem.disk().locks().end(this);
  }

  @Override
  public Capabilities capabilities(Path directory) throws IOException {
    requireDirectory(directory);
    return capabilities;
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    if (!capabilities.exchange()) {
      throw new UnsupportedOperationException("no exchange on this file system");
    }
    Path first = fileSystem.unwrap(one);
    Path second = fileSystem.unwrap(other);
    fileSystem
        .gate()
        .pass(
            Kind.EXCHANGE,
            one,
            Optional.of(other),
            () -> {
              requireEntry(first, one);
              requireEntry(second, other);
              permit(p -> p.exchange(Passage.ours(one), Passage.ours(other)));
              Optional<PlatformFiles> real = fileSystem.platform();
              if (real.isPresent()) {
                real.get().exchange(first, second);
              } else if (!first.equals(second)) {
                Path between = first.resolveSibling(".exchanging");
                Files.move(first, between, StandardCopyOption.ATOMIC_MOVE);
                Files.move(second, first, StandardCopyOption.ATOMIC_MOVE);
                Files.move(between, second, StandardCopyOption.ATOMIC_MOVE);
              }
              return null;
            });
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    if (!capabilities.noReplace()) {
      throw new UnsupportedOperationException("no rename without replacing on this file system");
    }
    fileSystem
        .gate()
        .pass(
            Kind.RENAME,
            from,
            Optional.of(to),
            () -> {
              permit(p -> p.rename(Passage.ours(from), Passage.ours(to)));
              // Without ATOMIC_MOVE the delegate itself refuses to replace.
              try {
                Optional<PlatformFiles> real = fileSystem.platform();
                if (real.isPresent()) {
                  real.get().renameNoReplace(fileSystem.unwrap(from), fileSystem.unwrap(to));
                  return to;
                }
                return Files.move(fileSystem.unwrap(from), fileSystem.unwrap(to));
              } catch (FileAlreadyExistsException e) {
                throw new FileAlreadyExistsException(from.toString(), to.toString(), null);
              }
            });
  }

  @Override
  public FileSystemSync openSync(Path directory) throws IOException {
    if (!capabilities.fileSystemSync()) {
      throw new UnsupportedOperationException("no syncfs on this file system");
    }
    requireDirectory(directory);
    open(Kind.OPEN, directory);
    Optional<PlatformFiles> real = fileSystem.platform();
    Optional<FileSystemSync> disk =
        real.isPresent()
            ? Optional.of(real.get().openSync(fileSystem.unwrap(directory)))
            : Optional.empty();
    return new FileSystemSync() {
      @Override
      public void sync() throws IOException {
        fileSystem.gate().pass(Kind.SYNC, directory, Optional.empty(), this::reach);
      }

      private Path reach() throws IOException {
        if (disk.isPresent()) {
          disk.get().sync();
        }
        return directory;
      }

      @Override
      public void close() {
        disk.ifPresent(FileSystemSync::close);
      }
    };
  }

  @Override
  public Optional<Lease> tryLock(Path file, LockMode mode) throws IOException {
    open(Files.exists(file) ? Kind.OPEN_FOR_WRITING : Kind.CREATE, file);
    return lock(LockTable.Kind.OPEN_FILE, file, mode);
  }

  @Override
  public Optional<Lease> tryFlock(Path existing, LockMode mode) throws IOException {
    existing.getFileSystem().provider().checkAccess(existing);
    open(Kind.OPEN, existing);
    return lock(LockTable.Kind.FLOCK, existing, mode);
  }

  /** What a process needs a descriptor for; its closing has no effect on POSIX locks here. */
  private void open(Kind kind, Path file) throws IOException {
    Path delegate = fileSystem.unwrap(file);
    fileSystem
        .gate()
        .pass(
            kind,
            file,
            Optional.empty(),
            () -> {
              permit(p -> p.open(Passage.ours(file), kind, kind == Kind.OPEN_FOR_WRITING));
              if (kind == Kind.CREATE) {
                Files.newByteChannel(
                        delegate, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))
                    .close();
                permit(p -> p.created(Passage.ours(file)));
              }
              return null;
            });
  }

  private void permit(Passage.Permit question) throws IOException {
    Optional<Permissions> permissions = fileSystem.permissions();
    if (permissions.isPresent()) {
      question.ask(permissions.get());
    }
  }

  private Optional<Lease> lock(LockTable.Kind kind, Path file, LockMode mode) throws IOException {
    Object key = LockTable.key(file);
    return fileSystem
        .gate()
        .pass(
            Kind.LOCK,
            file,
            Optional.empty(),
            () ->
                fileSystem.disk().locks().tryAcquire(kind, key, mode, this).map(Lease.class::cast));
  }

  @Override
  public boolean lockedByOther(Path file) throws IOException {
    return fileSystem.disk().locks().heldByOther(LockTable.key(file), this);
  }

  @Override
  public Set<Path> mountPoints(Path anyPath) {
    return fileSystem.gate().mounts().points().stream()
        .map(fileSystem::wrap)
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Boolean> openForWriting(Path file) throws IOException {
    return Optional.of(fileSystem.disk().openForWriting().contains(LockTable.key(file)));
  }

  @Override
  public void makePrivate(Path existing) throws IOException {
    Files.setPosixFilePermissions(existing, FileModes.toPermissions(FileModes.of(existing) & 0700));
  }

  @Override
  public Optional<String> bootId() {
    return Optional.of(BOOT_ID);
  }

  private static void requireEntry(Path delegate, Path shown) throws NoSuchFileException {
    if (!Files.exists(delegate, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(shown.toString());
    }
  }

  private static void requireDirectory(Path directory) throws IOException {
    directory.getFileSystem().provider().checkAccess(directory);
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
  }
}
