package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.ExtendedAttributes;
import dev.stravinsky.files.FileWrites;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The transaction's folders and what is copied into them. */
final class Staging implements Closeable {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final Header header;
  private final PlatformFiles platform;
  private final Placement placement;
  private final Forcing forcing;
  private final boolean takesContents;
  private final Set<List<Path>> closedWays = ConcurrentHashMap.newKeySet();

  /** {@code takesContents} is the request's. */
  Staging(Header header, PlatformFiles platform, Placement placement, boolean takesContents) {
    this.takesContents = takesContents;
    this.header = header;
    this.platform = platform;
    this.placement = placement;
    this.forcing = new Forcing(header, platform, placement);
  }

  /** Makes the folders and copies all new content into them. */
  List<Planned> fill(List<Planned> steps) throws IOException {
    for (Path base : header.bases()) {
      Path folder = header.folder(base);
      FileWrites.createDirectory(folder, FileWrites.PRIVATE_DIRECTORY);
      forcing.begin(folder);
    }
    for (Planned each : steps) {
      makePlaces(each.step()); // By one thread: two would both make the same directory.
    }
    return steps.isEmpty() ? List.of() : stageAll(steps);
  }

  private List<Planned> stageAll(List<Planned> steps) throws IOException {
    List<Planned> staged = new ArrayList<>();
    try (Parallel parallel = Parallel.on(steps.getFirst().step().staged())) {
      parallel.inOrder(steps, this::staged, staged::add);
    }
    return staged;
  }

  private void makePlaces(Step step) throws IOException {
    if (!isStaged(step)) {
      return;
    }
    Placement.makeParents(step.staged());
    if (step.operation() == Step.Operation.REPLACE && !placement.canExchange(step, header)) {
      // Where the old side will be renamed to must be safe on the disk before it is.
      Placement.makeParents(step.aside());
    }
  }

  private static boolean isStaged(Step step) {
    return !step.isDeletion() && !step.after().equals(EntryState.ABSENT);
  }

  /**
   * Copies the old content of what will be written in place, which nothing else keeps.
   *
   * @throws ConcurrentChangeException if it is not what was seen
   */
  void keepOld(List<Step> steps) throws IOException {
    for (Step step : steps) {
      if (step.operation() == Step.Operation.OVERWRITE) {
        keepOld(step);
      }
    }
  }

  private void keepOld(Step step) throws IOException {
    Placement.makeParents(step.aside());
    try (FileChannel channel = FileWrites.create(step.aside());
        InputStream in = Files.newInputStream(step.live())) {
      copy(in, channel);
      FileWrites.setMode(step.aside(), FileModes.of(step.live()));
      FileWrites.setModified(step.aside(), Files.getLastModifiedTime(step.live()).toInstant());
      if (!forcing.reaches(step.aside())) {
        Durable.force(channel);
      }
    }
    if (!Seen.at(step.aside()).is(step.before())) {
      throw new ConcurrentChangeException(List.of(step.live()));
    }
  }

  /** Removes the folders; each is first renamed, so that nobody takes what is left for whole. */
  static void remove(Header header) throws IOException {
    for (Path base : header.bases()) {
      Path folder = header.folder(base);
      Path trash = header.trash(base);
      if (!Presence.isDirectory(base)) {
        continue;
      }
      boolean left = Placement.exists(trash);
      FileWrites.deleteTree(trash);
      if (Placement.exists(folder)) {
        left = true;
        FileWrites.rename(folder, trash);
        Durable.forceDirectory(base);
        FileWrites.deleteTree(trash);
      }
      if (left) {
        Durable.forceDirectory(base);
      }
    }
  }

  @Override
  public void close() {
    forcing.close();
  }

  /** What brings all of it to the disk. */
  Forcing forcing() {
    return forcing;
  }

  private Planned staged(Planned planned) throws IOException {
    return isStaged(planned.step()) ? planned.with(stage(planned)) : planned;
  }

  private Step stage(Planned planned) throws IOException {
    Step step = planned.step();
    try {
      switch (step.after()) {
        case EntryState.Directory directory -> stageDirectory(planned, directory);
        case EntryState.Link link -> stageLink(planned, link);
        case EntryState.Regular file -> stageFile(planned, file);
        case EntryState.Absent absent -> throw new IllegalStateException("nothing to stage");
      }
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "this name and another one of the change are the same to the file system")
              .inFile(step.live())
              .leaving("nothing was changed")
              .next("rename one of the two in the release, then type the command again"),
          e);
    }
    return step.withInodes(step.oldInode(), Seen.inode(step.staged()));
  }

  private static void stageLink(Planned planned, EntryState.Link link) throws IOException {
    Step step = planned.step();
    FileWrites.createLink(step.staged(), LinkTargets.decode(link.target(), step.live()));
    if (planned.change().orElseThrow() instanceof Change.Relink relink
        && relink.modified().isPresent()) {
      FileWrites.setModified(step.staged(), relink.modified().get());
    }
  }

  private static void stageDirectory(Planned planned, EntryState.Directory directory)
      throws IOException {
    Path staged = planned.step().staged();
    FileWrites.createDirectory(staged, FileWrites.PRIVATE_DIRECTORY);
    FileWrites.copyOwner(planned.model(), staged);
    // Closed where it is by who fills it: see ClosedDirectories.
    FileWrites.setMode(staged, ClosedDirectories.opened(directory.mode()));
  }

  private void stageFile(Planned planned, EntryState.Regular after) throws IOException {
    Step step = planned.step();
    if (!(planned.change().orElseThrow() instanceof Change.Put put)) {
      throw new IllegalStateException("only a put brings a file");
    }
    boolean taken = takesContents && take(put.content(), step.staged());
    try (FileChannel channel =
        taken ? FileWrites.openInPlace(step.staged()) : FileWrites.create(step.staged())) {
      Sha256 read = taken ? digest(channel) : copy(put.content(), channel);
      requireExpected(read, channel.size(), after, put);
      FileWrites.copyOwner(planned.model(), step.staged());
      if (Presence.isRegularFile(planned.model(), LinkOption.NOFOLLOW_LINKS)) {
        ExtendedAttributes.copy(planned.model(), step.staged());
      }
      // After the owner: a change of owner takes the set-id bits away.
      FileWrites.setMode(step.staged(), after.mode());
      if (put.modified().isPresent()) {
        FileWrites.setModified(step.staged(), put.modified().get());
      }
      if (!forcing.reaches(step.staged())) {
        Durable.force(channel);
      }
    }
    if (FileModes.of(step.staged()) != after.mode()) {
      throw new IOException(
          step.live()
              + " cannot have the mode "
              + Integer.toOctalString(after.mode())
              + " on this file system");
    }
  }

  /** Moves it, where that can be done: on one mount of a file system that can be forced at once. */
  private boolean take(Path content, Path staged) throws IOException {
    Path folder = Placement.folderOf(staged, header);
    List<Path> way = List.of(content.getParent(), folder);
    if (!forcing.isAtOnce(folder)
        || !placement.capabilities(folder).noReplace()
        || closedWays.contains(way)) {
      return false;
    }
    try {
      platform.renameNoReplace(content, staged);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      closedWays.add(way);
      return false;
    }
  }

  private static Sha256 digest(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Sha256.from(digest);
  }

  private static Sha256 copy(Path content, FileChannel channel) throws IOException {
    try (InputStream in = Files.newInputStream(content)) {
      return copy(in, channel);
    }
  }

  private static Sha256 copy(InputStream in, FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      FileWrites.writeFully(channel, ByteBuffer.wrap(buffer, 0, n));
    }
    return Sha256.from(digest);
  }

  private static void requireExpected(
      Sha256 read, long sizeBytes, EntryState.Regular after, Change.Put put) {
    if (!read.equals(after.sha256()) || sizeBytes != after.sizeBytes()) {
      throw new DamagedException(
          Problem.of(
                  ErrorKind.PARTIAL_WRITE,
                  "the content for "
                      + put.target().describe(put.path())
                      + " is not what its checksum says")
              .inFile(put.content())
              .leaving("nothing was changed")
              .next("type the command again; if it stays, fetch the release anew"));
    }
  }
}
