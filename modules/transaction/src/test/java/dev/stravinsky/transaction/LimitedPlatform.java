package dev.stravinsky.transaction;

import dev.stravinsky.api.platform.PlatformFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A platform from which abilities were taken. */
class LimitedPlatform implements PlatformFiles {
  private final PlatformFiles platform;
  private final Capabilities most;

  LimitedPlatform(PlatformFiles platform, Capabilities most) {
    this.platform = platform;
    this.most = most;
  }

  @Override
  public Capabilities capabilities(Path directory) throws IOException {
    Capabilities found = platform.capabilities(directory);
    return new Capabilities(
        found.exchange() && most.exchange(),
        found.noReplace() && most.noReplace(),
        found.fileSystemSync() && most.fileSystemSync(),
        found.flock() && most.flock());
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    if (!most.exchange()) {
      throw new UnsupportedOperationException("no exchange");
    }
    platform.exchange(one, other);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    if (!most.noReplace()) {
      throw new UnsupportedOperationException("no rename without replacing");
    }
    platform.renameNoReplace(from, to);
  }

  @Override
  public FileSystemSync openSync(Path directory) throws IOException {
    if (!most.fileSystemSync()) {
      throw new UnsupportedOperationException("no syncfs");
    }
    return platform.openSync(directory);
  }

  @Override
  public Optional<Lease> tryLock(Path file, LockMode mode) throws IOException {
    return platform.tryLock(file, mode);
  }

  @Override
  public Optional<Lease> tryFlock(Path existing, LockMode mode) throws IOException {
    return platform.tryFlock(existing, mode);
  }

  @Override
  public boolean lockedByOther(Path file) throws IOException {
    return platform.lockedByOther(file);
  }

  @Override
  public Set<Path> mountPoints(Path anyPath) throws IOException {
    return platform.mountPoints(anyPath);
  }

  @Override
  public Optional<Boolean> openForWriting(Path file) throws IOException {
    return platform.openForWriting(file);
  }

  @Override
  public void makePrivate(Path existing) throws IOException {
    platform.makePrivate(existing);
  }

  @Override
  public Optional<String> bootId() {
    return platform.bootId();
  }
}
