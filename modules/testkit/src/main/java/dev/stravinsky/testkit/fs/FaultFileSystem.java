package dev.stravinsky.testkit.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import dev.stravinsky.api.platform.PlatformFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A file system before another one, which does each operation there unless the {@link FaultPlan}
 * says otherwise. Unlike Jimfs alone, directories can be opened and forced, errors have Linux's
 * words, locks are real, and names need not be text (a byte that is no UTF-8 is kept as a lone
 * surrogate and shown as U+FFFD, as the JDK does).
 */
public final class FaultFileSystem extends FileSystem {
  static final Map<String, FaultFileSystem> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBER = new AtomicLong();

  private final FileSystem delegate;
  private final String id;
  private final Disk disk;
  private final boolean first;
  private final Optional<PlatformFiles> platform;
  private final ChannelLocks channelLocks;
  private final OpenFiles openFiles = new OpenFiles();
  private volatile Optional<Credentials> user = Optional.empty();

  private FaultFileSystem(FileSystem delegate, Disk disk, boolean first) {
    this.delegate = delegate;
    this.first = first;
    this.platform =
        delegate == FileSystems.getDefault()
            ? ServiceLoader.load(PlatformFiles.class).findFirst()
            : Optional.empty();
    this.id = "fs" + NUMBER.incrementAndGet();
    this.disk = disk;
    this.channelLocks = disk.locks().newProcess();
    OPEN.put(id, this);
  }

  /** An empty file system in memory that looks like Linux. */
  public static FaultFileSystem inMemory() {
    return inMemory(Configuration.unix());
  }

  /**
   * The same, but names that differ only in case (of ASCII) or in Unicode form are one, as on a
   * disk of macOS or a folded directory of ext4.
   */
  public static FaultFileSystem inMemoryFoldingNames() {
    return inMemory(
        Configuration.unix().toBuilder()
            .setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII, PathNormalization.NFD)
            .build());
  }

  private static FaultFileSystem inMemory(Configuration names) {
    Disk disk = new Disk();
    Configuration linux =
        names.toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix", "user")
            .setWorkingDirectory("/")
            .setFileTimeSource(() -> FileTime.from(disk.clock().get().instant()))
            .build();
    FileSystem jimfs = Jimfs.newFileSystem(linux);
    ModeBits.open(jimfs);
    return new FaultFileSystem(jimfs, disk, true);
  }

  /** Before any other file system, which is closed with this one unless it is the default one. */
  public static FaultFileSystem before(FileSystem delegate) {
    return new FaultFileSystem(delegate, new Disk(), true);
  }

  /**
   * The same files as another process sees them: with locks and a user of its own, under the same
   * plan and the same counts, until this one is closed. A path of the one is made a path of the
   * other by {@link #getPath}.
   */
  public FaultFileSystem otherProcess() {
    FaultFileSystem other = new FaultFileSystem(delegate, disk, false);
    other.user = user;
    return other;
  }

  /**
   * From now on modes, owners and sticky directories are obeyed as Linux does for this user: what
   * they forbid is refused, and what is made belongs to the user. Before, nobody is stopped.
   *
   * @throws UnsupportedOperationException if the delegate knows no modes
   */
  public void actAs(Credentials next) {
    if (!delegate.supportedFileAttributeViews().contains("posix")) {
      throw new UnsupportedOperationException("there are no modes on " + delegate);
    }
    user = Optional.of(next);
  }

  /** From now on only the owners of an entry, of the directory or root take its name away there. */
  public void makeSticky(Path directory) throws IOException {
    disk.bits().makeSticky(unwrap(directory));
  }

  /** From now on files in memory get their times from there. */
  public void tellTimeBy(InstantSource source) {
    disk.clock().set(source);
  }

  /** From now on this plan holds; counts and trace begin anew. */
  public void plan(FaultPlan plan) {
    gate().plan(plan);
  }

  /** How many operations that change something took place or were refused since the last plan. */
  public long changes() {
    return gate().changes();
  }

  /** How many operations the plan refused, cut short or spoilt; those that it only slowed not. */
  public long injected() {
    return gate().injected();
  }

  /** Whether operations are recorded from now on. */
  public void trace(boolean on) {
    gate().trace(on);
  }

  /** The operations since the last plan, if they are recorded. */
  public List<FileOperation> traced() {
    return gate().traced();
  }

  /**
   * Does something to the files past the plan, uncounted, also while the process is dead: what the
   * outer world does.
   */
  public <T> T undisturbed(Undisturbed<T> action) throws IOException {
    return gate().undisturbed(action::run);
  }

  /** What the outer world does. */
  @FunctionalInterface
  public interface Undisturbed<T> {
    T run() throws IOException;
  }

  /**
   * The stored bytes of a file go bad under it: inode, times and mode stay as they are, and no
   * operation is counted.
   *
   * @throws IllegalArgumentException if the file would be as before
   */
  public void damage(Path file, Damage damage) throws IOException {
    Rot.damage(unwrap(file), damage);
  }

  /**
   * The files and directories that are open for reading, writing or listing and were not closed, in
   * the order of their names; one stands there as often as it is open.
   */
  public List<Path> openFiles() {
    return openFiles.paths();
  }

  /** What does on the real disk what only Linux can; empty in memory, where it is simulated. */
  Optional<PlatformFiles> platform() {
    return platform;
  }

  OpenFiles handles() {
    return openFiles;
  }

  /** Who waits when a plan is slow; at first the thread that does the operation. */
  public void sleeper(Consumer<Duration> sleeper) {
    gate().sleeper(sleeper);
  }

  /** Another file system in memory with equal files, and no plan. */
  public FaultFileSystem copy() throws IOException {
    FaultFileSystem copy = inMemory();
    new TreeCopy().copy(delegate.getPath("/"), copy.delegate.getPath("/"));
    return copy;
  }

  /** From now on each change is written down, as what it does to inodes. In memory only. */
  public void record() {
    gate().record(delegate.getPath("/"), disk.numbers());
  }

  /** Ends the recording. */
  public DiskChange.Recorded recorded() throws IOException {
    return gate().recorded();
  }

  /** From now on this entry says that its inode has that number, as it had before a reboot. */
  public void showInode(Path entry, long number) throws IOException {
    disk.numbers().show(unwrap(entry), number);
  }

  /** Whether the plan has killed the process. */
  public boolean isDead() {
    return gate().isDead();
  }

  /** After a kill: every lock is free, the plan is over, a new process may work. */
  public void revive() {
    disk.locks().clear();
    openFiles.forget();
    gate().plan(FaultPlan.NONE);
    gate().revive();
  }

  /** What {@link FileStore#getUsableSpace} says from now on; nothing is refused for it. */
  public void pretendFreeBytes(long bytes) {
    disk.freeBytes().set(OptionalLong.of(bytes));
  }

  /** From now on another program has this file, whatever its name, open for writing. */
  public void pretendOpenForWriting(Path file) throws IOException {
    disk.openForWriting().add(LockTable.key(file));
  }

  /** What NIO lacks, as one process sees it; each call is another process with locks of its own. */
  public SimulatedPlatformFiles newProcess() {
    return new SimulatedPlatformFiles(this, SimulatedPlatformFiles.LINUX);
  }

  /**
   * Makes what exists a mount of its own. A file is then as a container's bind mount is: it can be
   * read and written, but neither renamed nor exchanged nor deleted (EBUSY). A directory is another
   * file system: no rename, exchange or hard link leads there or back (EXDEV).
   */
  public void mount(Path place) {
    gate().mounts().mount(unwrap(place));
  }

  /** Makes it like any other file or directory again. */
  public void unmount(Path place) {
    gate().mounts().unmount(unwrap(place));
  }

  OperationGate gate() {
    return disk.gate();
  }

  /** What the modes allow to who acts here; empty where they stop nobody. */
  Optional<Permissions> permissions() {
    return gate().isUndisturbed()
        ? Optional.empty()
        : user.map(who -> new Permissions(who, disk.bits()));
  }

  ChannelLocks channelLocks() {
    return channelLocks;
  }

  Disk disk() {
    return disk;
  }

  FileSystem delegate() {
    return delegate;
  }

  String id() {
    return id;
  }

  FaultPath wrap(Path path) {
    return new FaultPath(this, path);
  }

  Path unwrap(Path path) {
    return path instanceof FaultPath ours ? ours.delegate() : path;
  }

  @Override
  public FileSystemProvider provider() {
    return FaultFileSystemProvider.INSTANCE;
  }

  @Override
  public void close() throws IOException {
    OPEN.remove(id);
    if (first && !delegate.provider().getScheme().equals("file")) {
      delegate.close();
    }
  }

  @Override
  public boolean isOpen() {
    return delegate.isOpen() && OPEN.containsKey(id);
  }

  @Override
  public boolean isReadOnly() {
    return delegate.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return delegate.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    List<Path> roots = new ArrayList<>();
    delegate.getRootDirectories().forEach(root -> roots.add(wrap(root)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    List<FileStore> stores = new ArrayList<>();
    Path root = delegate.getRootDirectories().iterator().next();
    delegate.getFileStores().forEach(s -> stores.add(new FaultFileStore(s, this, root)));
    return stores;
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return delegate.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(delegate.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = delegate.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(unwrap(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return delegate.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return delegate.newWatchService();
  }
}
