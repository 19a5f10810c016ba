package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** An open file whose reads, writes and forces pass the gate one by one. */
final class FaultFileChannel extends FileChannel {
  private static final int COPY_BYTES = 64 * 1024;

  private final FaultPath file;
  private final Object inode;
  private final FileChannel delegate;
  private final boolean appends;

  FaultFileChannel(FaultPath file, Object inode, FileChannel delegate, boolean appends) {
    this.file = file;
    this.inode = inode;
    this.delegate = delegate;
    this.appends = appends;
    file.getFileSystem().handles().opened(this, file);
  }

  private void admit(Kind kind, long bytes) throws IOException {
    Optional<Errno> refusal = gate().decide(kind, file, Optional.empty(), bytes);
    if (refusal.isPresent()) {
      throw refusal.get().onOpenFile();
    }
  }

  private Verdict verdict(Kind kind, long bytes) {
    return gate().verdict(kind, file, Optional.empty(), bytes);
  }

  private OperationGate gate() {
    return file.getFileSystem().gate();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    Transfer transfer = delegate::read;
    Verdict verdict = verdict(Kind.READ, target.remaining());
    long position = delegate.position();
    int count = transfer.read(verdict, target, position, gate());
    if (verdict instanceof Verdict.Misread) {
      delegate.position(position + Math.max(count, 0)); // Not behind what the disk gave away.
    }
    return count;
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long read = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = read(targets[i]);
      if (count < 0 && read == 0) {
        return count;
      }
      read += Math.max(count, 0);
      if (targets[i].hasRemaining()) {
        break;
      }
    }
    return read;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    Transfer transfer = bytes -> delegate.read(bytes, position);
    return transfer.read(verdict(Kind.READ, target.remaining()), target, position, gate());
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    Verdict verdict = verdict(Kind.WRITE, source.remaining());
    long at = appends ? delegate.size() : delegate.position();
    return recorded(delegate::write, at).write(verdict, source, gate());
  }

  /** A transfer that the recorder is told of. */
  private Transfer recorded(Transfer write, long position) {
    return source ->
        gate()
            .told(
                recorder -> {
                  ByteBuffer bytes = source.duplicate();
                  int written = write.move(source);
                  bytes.limit(bytes.position() + written);
                  recorder.ifPresent(r -> r.written(inode, position, bytes));
                  return written;
                });
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(sources[i]);
      if (sources[i].hasRemaining()) {
        break;
      }
    }
    return written;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    Transfer transfer = recorded(bytes -> delegate.write(bytes, position), position);
    return transfer.write(verdict(Kind.WRITE, source.remaining()), source, gate());
  }

  @Override
  public long position() throws IOException {
    return delegate.position();
  }

  @Override
  public FileChannel position(long next) throws IOException {
    delegate.position(next);
    return this;
  }

  @Override
  public long size() throws IOException {
    return delegate.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    admit(Kind.TRUNCATE, size);
    return gate()
        .told(
            recorder -> {
              delegate.truncate(size);
              long length = delegate.size();
              recorder.ifPresent(r -> r.resized(inode, length));
              return this;
            });
  }

  @Override
  public void force(boolean metadata) throws IOException {
    gate()
        .force(
            verdict(Kind.FORCE, 0),
            inode,
            () -> {
              delegate.force(metadata);
              return inode;
            });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    long done = 0;
    while (done < count) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(COPY_BYTES, count - done));
      if (read(chunk, position + done) <= 0) {
        break;
      }
      chunk.flip();
      while (chunk.hasRemaining()) {
        done += target.write(chunk);
      }
    }
    return done;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    long done = 0;
    while (done < count) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(COPY_BYTES, count - done));
      if (source.read(chunk) <= 0) {
        break;
      }
      chunk.flip();
      while (chunk.hasRemaining()) {
        done += write(chunk, position + done);
      }
    }
    return done;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return delegate.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    FileLock lock = tryLock(position, size, shared);
    if (lock == null) {
      // To wait would be for ever: nothing but this test could free it.
      throw new IOException("Resource deadlock avoided");
    }
    return lock;
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    admit(Kind.LOCK, 0);
    LockTable.Range range = new LockTable.Range(position, size == 0 ? Long.MAX_VALUE : size);
    return file.getFileSystem().channelLocks().tryLock(this, inode, range, shared).orElse(null);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.getFileSystem().handles().closed(this);
    delegate.close();
    file.getFileSystem().channelLocks().closed(this, inode);
  }
}
