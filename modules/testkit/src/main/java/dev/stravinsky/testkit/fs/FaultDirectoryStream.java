package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/** The delegate's entries as paths of ours. */
final class FaultDirectoryStream implements DirectoryStream<Path> {
  private final FaultPath directory;
  private final DirectoryStream<Path> delegate;
  private final Filter<? super Path> filter;

  FaultDirectoryStream(
      FaultPath directory, DirectoryStream<Path> delegate, Filter<? super Path> filter) {
    this.directory = directory;
    this.delegate = delegate;
    this.filter = filter;
    directory.getFileSystem().handles().opened(this, directory);
  }

  @Override
  public Iterator<Path> iterator() {
    Spliterator<Path> entries =
        Spliterators.spliteratorUnknownSize(delegate.iterator(), Spliterator.ORDERED);
    return StreamSupport.stream(entries, false)
        .map(entry -> directory.resolve(directory.getFileSystem().wrap(entry.getFileName())))
        .filter(this::accepted)
        .iterator();
  }

  private boolean accepted(Path entry) {
    try {
      return filter.accept(entry);
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
  }

  @Override
  public void close() throws IOException {
    directory.getFileSystem().handles().closed(this);
    delegate.close();
  }
}
