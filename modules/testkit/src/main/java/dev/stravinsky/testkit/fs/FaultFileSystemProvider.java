package dev.stravinsky.testkit.fs;

import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends each operation through its file system's gate and then to the delegate. */
@ServiceProvider(FileSystemProvider.class)
public final class FaultFileSystemProvider extends FileSystemProvider {
  static final String SCHEME = "stravinsky-faults";
  static final FaultFileSystemProvider INSTANCE = new FaultFileSystemProvider();

  /** Made by the JDK, so that {@link Path#of(URI)} finds the way. */
  public FaultFileSystemProvider() {}

  private static FaultPath ours(Path path) {
    if (path instanceof FaultPath ours) {
      return ours;
    }
    throw new ProviderMismatchException(path + " is of another file system");
  }

  private static <T> T pass(Kind kind, Path path, OperationGate.Action<T> action)
      throws IOException {
    return ours(path).getFileSystem().gate().pass(kind, path, Optional.empty(), action);
  }

  private static void pass(Kind kind, Path path, Path other, VoidAction action) throws IOException {
    ours(path)
        .getFileSystem()
        .gate()
        .pass(
            kind,
            path,
            Optional.of(other),
            () -> {
              action.run();
              return null;
            });
  }

  private static void pass(Kind kind, Path path, VoidAction action) throws IOException {
    pass(
        kind,
        path,
        () -> {
          action.run();
          return null;
        });
  }

  @FunctionalInterface
  private interface VoidAction {
    void run() throws IOException;
  }

  private static Path to(Path path) {
    return ours(path).delegate();
  }

  private static FileSystemProvider provider(Path path) {
    return to(path).getFileSystem().provider();
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    return FaultFileSystem.inMemory();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    FaultFileSystem found = FaultFileSystem.OPEN.get(String.valueOf(uri.getHost()));
    if (found == null) {
      throw new FileSystemNotFoundException(uri.toString());
    }
    return found;
  }

  @Override
  public Path getPath(URI uri) {
    return getFileSystem(uri).getPath(RawNames.decode(uri.getRawPath()));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    if (!writes && Files.isDirectory(to(path))) {
      return pass(Kind.OPEN, path, () -> new DirectoryChannel(ours(path)));
    }
    Kind kind = writes ? openingKind(to(path), options) : Kind.OPEN;
    FileChannel opened =
        pass(kind, path, () -> provider(path).newFileChannel(to(path), options, attributes));
    return new FaultFileChannel(ours(path), opened);
  }

  private static Kind openingKind(Path file, Set<? extends OpenOption> options) {
    boolean creates =
        options.contains(StandardOpenOption.CREATE_NEW)
            || options.contains(StandardOpenOption.CREATE) && !Files.exists(file);
    if (creates) {
      return Kind.CREATE;
    }
    return options.contains(StandardOpenOption.TRUNCATE_EXISTING)
        ? Kind.OPEN_TRUNCATING
        : Kind.OPEN_FOR_WRITING;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        pass(
            Kind.LIST,
            directory,
            () -> provider(directory).newDirectoryStream(to(directory), entry -> true));
    return new FaultDirectoryStream(ours(directory), stream, filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    pass(
        Kind.MAKE_DIRECTORY,
        directory,
        () -> provider(directory).createDirectory(to(directory), attributes));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    pass(
        Kind.SYMLINK,
        link,
        target,
        () -> provider(link).createSymbolicLink(to(link), to(target), attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    pass(Kind.LINK, link, existing, () -> provider(link).createLink(to(link), to(existing)));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return pass(
        Kind.STAT,
        link,
        () -> ours(link).getFileSystem().wrap(provider(link).readSymbolicLink(to(link))));
  }

  @Override
  public void delete(Path path) throws IOException {
    pass(Kind.DELETE, path, () -> provider(path).delete(to(path)));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    pass(Kind.COPY, source, target, () -> provider(source).copy(to(source), to(target), options));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    pass(Kind.RENAME, source, target, () -> provider(source).move(to(source), to(target), options));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.equals(other)
        || other instanceof FaultPath
            && pass(Kind.STAT, path, () -> provider(path).isSameFile(to(path), to(other)));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return pass(Kind.STAT, path, () -> provider(path).isHidden(to(path)));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    FaultFileSystem fileSystem = ours(path).getFileSystem();
    return pass(
        Kind.STAT,
        path,
        () -> new FaultFileStore(provider(path).getFileStore(to(path)), fileSystem));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    pass(
        Kind.STAT,
        path,
        () -> {
          provider(path).checkAccess(to(path), modes);
          PosixAccess.check(path, to(path), modes);
        });
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = provider(path).getFileAttributeView(to(path), type, options);
    return view == null ? null : FaultAttributeView.before(ours(path), type, view);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return pass(Kind.STAT, path, () -> provider(path).readAttributes(to(path), type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return pass(Kind.STAT, path, () -> provider(path).readAttributes(to(path), names, options));
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    pass(
        Kind.SET_ATTRIBUTE,
        path,
        () -> provider(path).setAttribute(to(path), name, value, options));
  }
}
