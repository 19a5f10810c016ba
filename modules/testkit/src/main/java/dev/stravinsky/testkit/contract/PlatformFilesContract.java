package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link PlatformFiles} promises, on whatever file system the sandbox is. */
public abstract class PlatformFilesContract extends SandboxTest {
  private PlatformFiles platform;
  private Path directory;
  private Capabilities can;

  @BeforeEach
  void ask() throws IOException {
    platform = sandbox.environment().platform();
    directory = Files.createDirectories(sandbox.root().resolve("platform"));
    can = platform.capabilities(directory);
  }

  @Test
  void capabilities_asked_leavesNothingBehind() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
    assertThat(platform.capabilities(directory)).isEqualTo(can);
  }

  @Test
  void capabilities_ofNoDirectory_fails() {
    assertThatThrownBy(() -> platform.capabilities(directory.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void makePrivate_ofFilesAndDirectories_leavesTheOwnersBitsOnly() throws IOException {
    Path script = sandbox.write(directory.resolve("script"), "1".getBytes(), 0755);
    Path plain = sandbox.write(directory.resolve("plain"), "1".getBytes(), 0644);
    Path folder = Files.createDirectory(directory.resolve("folder"));

    for (Path each : List.of(script, plain, folder)) {
      platform.makePrivate(each);
    }

    assertThat(FileModes.of(script)).isEqualTo(0700);
    assertThat(FileModes.of(plain)).isEqualTo(0600);
    assertThat(FileModes.of(folder)).isEqualTo(0700);
  }

  @Test
  void exchange_ofTwoFiles_swapsInodesAndKeepsModes() throws IOException {
    Assumptions.assumeTrue(can.exchange(), "no exchange here");
    Path one = sandbox.write(directory.resolve("one"), "1".getBytes(), 0755);
    Path other = sandbox.write(directory.resolve("sub/other"), "2".getBytes(), 0600);
    Object inode = inode(one);

    platform.exchange(one, other);

    assertThat(one).hasContent("2");
    assertThat(other).hasContent("1");
    assertThat(inode(other)).isEqualTo(inode);
    assertThat(Files.isExecutable(other)).isTrue();
  }

  @Test
  void exchange_ofALink_movesTheLinkItself() throws IOException {
    Assumptions.assumeTrue(can.exchange(), "no exchange here");
    Path file = sandbox.write(directory.resolve("file"), "content");
    Path end = sandbox.write(directory.resolve("end"), "the end");
    Path link = Files.createSymbolicLink(directory.resolve("link"), end.getFileName());

    platform.exchange(file, link);

    assertThat(Files.readSymbolicLink(file)).isEqualTo(end.getFileName());
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(end).hasContent("the end");
  }

  @Test
  void exchange_withALinkToADirectory_movesTheLinkItself() throws IOException {
    Assumptions.assumeTrue(can.exchange(), "no exchange here");
    Path below = Files.createDirectories(directory.resolve("gr\u00f6\u00dfe"));
    Path link = Files.createSymbolicLink(directory.resolve("l\u00efnk"), below.getFileName());
    Path file = sandbox.write(directory.resolve("file"), "content");

    platform.exchange(link, file);

    assertThat(link).hasContent("content");
    assertThat(Files.readSymbolicLink(file)).isEqualTo(below.getFileName());
  }

  @Test
  void exchange_withNothing_changesNothing() throws IOException {
    Assumptions.assumeTrue(can.exchange(), "no exchange here");
    Path one = sandbox.write(directory.resolve("one"), "1");
    assertThatThrownBy(() -> platform.exchange(one, directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> platform.exchange(directory.resolve("none"), one))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(one).hasContent("1");
  }

  @Test
  void renameNoReplace_toAFreeName_moves() throws IOException {
    Assumptions.assumeTrue(can.noReplace(), "no such rename here");
    Path from = sandbox.write(directory.resolve("from"), "content");
    Path to = directory.resolve("to");

    platform.renameNoReplace(from, to);

    assertThat(to).hasContent("content");
    assertThat(from).doesNotExist();
  }

  @Test
  void renameNoReplace_ontoAnything_isRefused() throws IOException {
    Assumptions.assumeTrue(can.noReplace(), "no such rename here");
    Path from = sandbox.write(directory.resolve("from"), "content");
    Path file = sandbox.write(directory.resolve("file"), "other");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path dangling =
        Files.createSymbolicLink(
            directory.resolve("dangling"), directory.getFileSystem().getPath("nowhere"));

    for (Path to : new Path[] {file, empty, dangling}) {
      assertThatThrownBy(() -> platform.renameNoReplace(from, to))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.exists(to, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
    assertThat(from).hasContent("content");
    assertThat(file).hasContent("other");
  }

  @Test
  void renameNoReplace_ofNothing_isNoSuchFile() throws IOException {
    Assumptions.assumeTrue(can.noReplace(), "no such rename here");
    assertThatThrownBy(
            () -> platform.renameNoReplace(directory.resolve("none"), directory.resolve("to")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void sync_openedBeforeTheWriting_returns() throws IOException {
    Assumptions.assumeTrue(can.fileSystemSync(), "no sync of a whole file system here");
    try (FileSystemSync sync = platform.openSync(directory)) {
      sandbox.write(directory.resolve("file"), "content");
      sync.sync();
      sync.sync();
    }
    assertThatThrownBy(() -> platform.openSync(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void tryLock_onAFreshFile_createsItPrivate() throws IOException {
    Path lock = directory.resolve("lock");
    try (Lease lease = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(lock).isEmptyFile();
    }
    assertThat(lock).exists();
  }

  @Test
  void tryLock_exclusive_keepsOthersAndOneselfOut() throws IOException {
    Path lock = directory.resolve("lock");
    PlatformFiles other = sandbox.otherEnvironment().platform();
    try (Lease lease = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(other.tryLock(lock, LockMode.EXCLUSIVE)).isEmpty();
      assertThat(other.tryLock(lock, LockMode.SHARED)).isEmpty();
      assertThat(platform.tryLock(lock, LockMode.EXCLUSIVE)).isEmpty();
    }
    assertFree(other.tryLock(lock, LockMode.EXCLUSIVE));
  }

  @Test
  void tryLock_shared_keepsOnlyWritersOut() throws IOException {
    Path lock = directory.resolve("lock");
    PlatformFiles other = sandbox.otherEnvironment().platform();
    try (Lease first = platform.tryLock(lock, LockMode.SHARED).orElseThrow();
        Lease second = other.tryLock(lock, LockMode.SHARED).orElseThrow()) {
      assertThat(first).isNotSameAs(second);
      assertThat(platform.tryLock(lock, LockMode.EXCLUSIVE)).isEmpty();
      first.close();
      assertThat(platform.tryLock(lock, LockMode.EXCLUSIVE)).isEmpty();
    }
    assertFree(platform.tryLock(lock, LockMode.EXCLUSIVE));
  }

  @Test
  void tryLock_fileReadAndClosedElsewhere_staysHeld() throws IOException {
    Path lock = directory.resolve("lock");
    try (Lease lease = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(Files.readAllBytes(lock)).isEmpty();
      assertThat(sandbox.otherEnvironment().platform().tryLock(lock, LockMode.SHARED)).isEmpty();
    }
  }

  @Test
  void lease_closedTwice_freesOnlyItsOwn() throws IOException {
    Path lock = directory.resolve("lock");
    Lease first = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow();
    first.close();
    try (Lease second = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow()) {
      first.close();
      assertThat(second).isNotNull();
      assertThat(platform.tryLock(lock, LockMode.EXCLUSIVE)).isEmpty();
    }
  }

  @Test
  void tryLock_fileReplacedSince_locksTheNewOne() throws IOException {
    Path lock = directory.resolve("lock");
    try (Lease old = platform.tryLock(lock, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(old).isNotNull();
      Files.delete(lock);
      assertFree(sandbox.otherEnvironment().platform().tryLock(lock, LockMode.EXCLUSIVE));
    }
  }

  @Test
  void tryFlock_onADirectory_keepsOthersOut() throws IOException {
    Assumptions.assumeTrue(can.flock(), "no flock here");
    PlatformFiles other = sandbox.otherEnvironment().platform();
    try (Lease lease = platform.tryFlock(directory, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(other.tryFlock(directory, LockMode.EXCLUSIVE)).isEmpty();
    }
    assertFree(other.tryFlock(directory, LockMode.SHARED));
    assertThatThrownBy(() -> platform.tryFlock(directory.resolve("none"), LockMode.SHARED))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void lockedByOther_ofAFreeFileOrOnesOwn_isFalse() throws IOException {
    Path file = sandbox.write(directory.resolve("file"), "content");
    assertThat(platform.lockedByOther(file)).isFalse();
    assertThat(platform.lockedByOther(directory)).isFalse();
    try (Lease lease = platform.tryLock(file, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(platform.lockedByOther(file)).isFalse();
    }
  }

  @Test
  void bootId_asked_isTheSameAgain() {
    assertThat(platform.bootId()).isEqualTo(sandbox.otherEnvironment().platform().bootId());
  }

  private static void assertFree(Optional<Lease> lease) {
    assertThat(lease).isPresent();
    lease.get().close();
  }

  private static Object inode(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
