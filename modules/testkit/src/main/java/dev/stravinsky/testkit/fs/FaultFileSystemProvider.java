package dev.stravinsky.testkit.fs;

import static dev.stravinsky.testkit.fs.Passage.follows;
import static dev.stravinsky.testkit.fs.Passage.ours;
import static dev.stravinsky.testkit.fs.Passage.pass;
import static dev.stravinsky.testkit.fs.Passage.permit;
import static dev.stravinsky.testkit.fs.Passage.provider;
import static dev.stravinsky.testkit.fs.Passage.to;

import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends each operation through its file system's gate and then to the delegate. */
@ServiceProvider(FileSystemProvider.class)
public final class FaultFileSystemProvider extends FileSystemProvider {
  static final String SCHEME = "stravinsky-faults";
  static final FaultFileSystemProvider INSTANCE = new FaultFileSystemProvider();

  /** Made by the JDK, so that {@link Path#of(URI)} finds the way. */
  public FaultFileSystemProvider() {}

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
    return Opening.open(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        pass(
            Kind.LIST,
            directory,
            () -> {
              permit(directory, p -> p.need(ours(directory), AccessMode.READ));
              return provider(directory).newDirectoryStream(to(directory), entry -> true);
            });
    return new FaultDirectoryStream(ours(directory), stream, filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    pass(
        Kind.MAKE_DIRECTORY,
        directory,
        () -> {
          permit(directory, p -> p.create(ours(directory)));
          provider(directory)
              .createDirectory(to(directory), ModeBits.ofNewDirectory(to(directory), attributes));
          permit(directory, p -> p.created(ours(directory)));
        });
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    pass(
        Kind.SYMLINK,
        link,
        target,
        () -> {
          permit(link, p -> p.create(ours(link)));
          provider(link).createSymbolicLink(to(link), to(target), attributes);
          permit(link, p -> p.created(ours(link)));
        });
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    pass(
        Kind.LINK,
        link,
        existing,
        () -> {
          permit(link, p -> p.link(ours(link), ours(existing)));
          provider(link).createLink(to(link), to(existing));
        });
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return pass(
        Kind.STAT,
        link,
        () -> {
          permit(link, p -> p.reach(ours(link), false));
          return ours(link).getFileSystem().wrap(provider(link).readSymbolicLink(to(link)));
        });
  }

  @Override
  public void delete(Path path) throws IOException {
    pass(
        Kind.DELETE,
        path,
        () -> {
          permit(path, p -> p.remove(ours(path)));
          provider(path).delete(to(path));
        });
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    pass(
        Kind.COPY,
        source,
        target,
        () -> {
          permit(source, p -> p.copy(ours(source), ours(target)));
          provider(source).copy(to(source), to(target), options);
          permit(source, p -> p.created(ours(target)));
        });
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    try {
      pass(
          Kind.RENAME,
          source,
          target,
          () -> {
            permit(source, p -> p.rename(ours(source), ours(target)));
            provider(source).move(to(source), to(target), options);
          });
    } catch (FileSystemException e) {
      if (!Errno.EXDEV.words().equals(e.getReason())) {
        throw e;
      }
      moveToAnother(source, target, List.of(options));
    }
  }

  /** As the JDK does it where the system cannot rename. */
  private void moveToAnother(Path source, Path target, List<CopyOption> options)
      throws IOException {
    if (options.contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), Errno.EXDEV.words());
    }
    List<CopyOption> copying = new ArrayList<>(options);
    copying.add(StandardCopyOption.COPY_ATTRIBUTES);
    copying.add(LinkOption.NOFOLLOW_LINKS);
    copy(source, target, copying.toArray(CopyOption[]::new));
    delete(source);
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
        () ->
            new FaultFileStore(
                provider(path).getFileStore(to(path)),
                fileSystem,
                fileSystem.gate().mounts().mountOf(to(path))));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    pass(
        Kind.STAT,
        path,
        () -> {
          provider(path).checkAccess(to(path), modes);
          Passage.access(ours(path), modes);
        });
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = provider(path).getFileAttributeView(to(path), type, options);
    return view == null
        ? null
        : FaultAttributeView.before(ours(path), type, view, follows(options));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return pass(
        Kind.STAT,
        path,
        () -> {
          permit(path, p -> p.reach(ours(path), follows(options)));
          A read = provider(path).readAttributes(to(path), type, options);
          return ours(path).getFileSystem().disk().numbers().of(read, type);
        });
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return pass(
        Kind.STAT,
        path,
        () -> {
          permit(path, p -> p.reach(ours(path), follows(options)));
          Map<String, Object> read = provider(path).readAttributes(to(path), names, options);
          return ours(path).getFileSystem().disk().numbers().of(to(path), read, options);
        });
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    pass(
        Kind.SET_ATTRIBUTE,
        path,
        () -> {
          permit(path, p -> p.set(ours(path), name, value, follows(options)));
          provider(path).setAttribute(to(path), name, value, options);
        });
  }
}
