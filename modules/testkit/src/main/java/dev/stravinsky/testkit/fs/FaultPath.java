package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of the delegate that belongs to a {@link FaultFileSystem}. */
final class FaultPath implements Path {
  private final FaultFileSystem fileSystem;
  private final Path delegate;

  FaultPath(FaultFileSystem fileSystem, Path delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  Path delegate() {
    return delegate;
  }

  private Path of(Path other) {
    if (other instanceof FaultPath ours && ours.fileSystem == fileSystem) {
      return ours.delegate;
    }
    throw new ProviderMismatchException(other + " is of another file system");
  }

  private Path wrap(Path path) {
    return path == null ? null : new FaultPath(fileSystem, path);
  }

  @Override
  public FaultFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return delegate.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return wrap(delegate.getRoot());
  }

  @Override
  public Path getFileName() {
    return wrap(delegate.getFileName());
  }

  @Override
  public Path getParent() {
    return wrap(delegate.getParent());
  }

  @Override
  public int getNameCount() {
    return delegate.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(delegate.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return wrap(delegate.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof FaultPath ours
        && ours.fileSystem == fileSystem
        && delegate.startsWith(ours.delegate);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof FaultPath ours
        && ours.fileSystem == fileSystem
        && delegate.endsWith(ours.delegate);
  }

  @Override
  public Path normalize() {
    return wrap(delegate.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(delegate.resolve(of(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(delegate.relativize(of(other)));
  }

  @Override
  public URI toUri() {
    return URI.create(
        FaultFileSystemProvider.SCHEME
            + "://"
            + fileSystem.id()
            + RawNames.encode(delegate.toAbsolutePath().toString()));
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(delegate.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return fileSystem
        .gate()
        .pass(
            FileOperation.Kind.STAT,
            this,
            java.util.Optional.empty(),
            () -> wrap(delegate.toRealPath(options)));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return delegate.register(watcher, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return delegate.compareTo(of(other));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FaultPath ours
        && ours.fileSystem == fileSystem
        && ours.delegate.equals(delegate);
  }

  @Override
  public int hashCode() {
    return delegate.hashCode();
  }

  @Override
  public String toString() {
    return RawNames.readable(delegate.toString());
  }
}
