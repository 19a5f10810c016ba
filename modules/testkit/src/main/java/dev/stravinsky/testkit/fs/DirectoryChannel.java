package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** A directory that was opened: it can be forced, and refuses the rest as Linux does. */
final class DirectoryChannel extends FileChannel {
  private final FaultPath directory;
  private final Object inode;

  DirectoryChannel(FaultPath directory) throws IOException {
    this.directory = directory;
    this.inode = LockTable.key(directory.delegate());
    directory.getFileSystem().handles().opened(this, directory);
  }

  private static IOException isDirectory() {
    return new IOException("Is a directory");
  }

  @Override
  public void force(boolean metadata) throws IOException {
    OperationGate gate = directory.getFileSystem().gate();
    gate.force(gate.verdict(Kind.FORCE, directory, Optional.empty(), 0), inode, () -> inode);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    throw isDirectory();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    throw isDirectory();
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    throw isDirectory();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new NonWritableChannelException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  public FileChannel position(long next) {
    return this;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public FileChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    throw isDirectory();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new NonWritableChannelException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    throw isDirectory();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    throw isDirectory();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    throw isDirectory();
  }

  @Override
  protected void implCloseChannel() {
    directory.getFileSystem().handles().closed(this); // Nothing is open in the delegate.
  }
}
