package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;

/** The delegate's store, with the free space that a test wants to be believed. */
final class FaultFileStore extends FileStore {
  private final FileStore delegate;
  private final FaultFileSystem owner;
  private final Path mount;

  FaultFileStore(FileStore delegate, FaultFileSystem owner, Path mount) {
    this.delegate = delegate;
    this.owner = owner;
    this.mount = mount;
  }

  @Override
  public long getUsableSpace() throws IOException {
    return owner.disk().freeBytes().get().orElse(delegate.getUsableSpace());
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return owner.disk().freeBytes().get().orElse(delegate.getUnallocatedSpace());
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public String type() {
    return delegate.type();
  }

  @Override
  public boolean isReadOnly() {
    return delegate.isReadOnly();
  }

  @Override
  public long getTotalSpace() throws IOException {
    return delegate.getTotalSpace();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return delegate.supportsFileAttributeView(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return delegate.supportsFileAttributeView(name);
  }

  @Override
  public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
    return delegate.getFileStoreAttributeView(type);
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return delegate.getAttribute(attribute);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FaultFileStore store
        && store.owner.gate() == owner.gate()
        && store.mount.equals(mount)
        && store.delegate.equals(delegate);
  }

  @Override
  public int hashCode() {
    return mount.hashCode();
  }
}
