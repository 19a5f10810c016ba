package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's locks belong to the process, those of the platform to the open file. */
class LockSemanticsTest {
  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final FaultFileSystem other = files.otherProcess();
  private final SimulatedPlatformFiles platform = files.newProcess();
  private final Path file = files.getPath("/file");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(file, "content");
  }

  @AfterEach
  void close() throws IOException {
    other.close();
    files.close();
  }

  @Test
  void posixLock_anotherDescriptorClosed_isFreeThoughItSaysValid() throws IOException {
    try (FileChannel channel = open(files)) {
      FileLock lock = channel.tryLock();
      assertThat(lockable(other)).isFalse();

      assertThat(Files.readString(file)).isEqualTo("content"); // Opens, reads and closes.

      assertThat(lock.isValid()).isTrue();
      assertThat(lockable(other)).isTrue();
      assertThatThrownBy(channel::tryLock).isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  void posixLock_descriptorClosedByAnotherProcess_staysHeld() throws IOException {
    try (FileChannel channel = open(files)) {
      assertThat(channel.tryLock().isValid()).isTrue();
      assertThat(Files.readString(other.getPath("/file"))).isEqualTo("content");
      assertThat(lockable(other)).isFalse();
    }
    assertThat(lockable(other)).isTrue();
  }

  @Test
  void openFileLock_anotherDescriptorClosed_staysHeld() throws IOException {
    try (Lease lease = platform.tryLock(file, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(Files.readString(file)).isEqualTo("content");
      assertThat(lease).isNotNull();
      assertThat(lockable(files)).isFalse();
      assertThat(files.newProcess().lockedByOther(file)).isTrue();
    }
    assertThat(lockable(files)).isTrue();
  }

  @Test
  void posixLocks_ofOneProcess_doNotOverlap() throws IOException {
    try (FileChannel one = open(files);
        FileChannel second = open(files)) {
      FileLock first = one.tryLock(0, 10, false);
      assertThatThrownBy(() -> second.tryLock(9, 1, true))
          .isInstanceOf(OverlappingFileLockException.class);
      assertThat(second.tryLock(10, 5, false)).isNotNull();
      first.release();
      assertThat(first.isValid()).isFalse();
      assertThat(second.tryLock(0, 10, false)).isNotNull();
    }
  }

  @Test
  void posixLocks_ofTwoProcesses_conflictWhereTheyOverlap() throws IOException {
    try (FileChannel one = open(files);
        FileChannel second = open(other)) {
      assertThat(one.tryLock(0, 10, false)).isNotNull();
      assertThat(second.tryLock(9, 1, true)).isNull();
      assertThat(second.tryLock(10, 5, false)).isNotNull();
      assertThat(one.tryLock(10, Long.MAX_VALUE, true)).isNull();
      assertThat(one.tryLock(20, 5, true)).isNotNull();
      assertThat(second.tryLock(20, 5, true)).isNotNull();
    }
  }

  @Test
  void posixAndOpenFileLocks_conflict_flockDoesNot() throws IOException {
    try (FileChannel channel = open(files)) {
      assertThat(channel.tryLock()).isNotNull();
      assertThat(platform.tryLock(file, LockMode.SHARED)).isEmpty();
      assertThat(platform.tryFlock(file, LockMode.EXCLUSIVE)).isPresent();
      assertThat(files.newProcess().tryFlock(file, LockMode.SHARED)).isEmpty();
    }
    assertThat(platform.tryLock(file, LockMode.EXCLUSIVE)).isPresent();
  }

  @Test
  void process_ends_itsLocksAreFree() throws IOException {
    SimulatedPlatformFiles dying = files.newProcess();
    assertThat(dying.tryLock(file, LockMode.EXCLUSIVE)).isPresent();
    assertThat(dying.tryFlock(file, LockMode.EXCLUSIVE)).isPresent();
    assertThat(platform.lockedByOther(file)).isTrue();

    dying.end();

    assertThat(platform.lockedByOther(file)).isFalse();
    assertThat(platform.tryLock(file, LockMode.EXCLUSIVE)).isPresent();
    assertThat(platform.tryFlock(file, LockMode.EXCLUSIVE)).isPresent();
  }

  @Test
  void process_killed_leavesNoLockAndNoBeliefInOne() throws IOException {
    try (FileChannel channel = open(files)) {
      FileLock lock = channel.tryLock();
      files.plan(FaultPlan.killAt(1));
      assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(ProcessKilledError.class);
      files.revive();
      assertThat(lock.isValid()).isFalse();
      assertThat(lockable(files)).isTrue();
      assertThat(lockable(other)).isTrue();
    }
  }

  @Test
  void lock_whereThereAreNone_isAnErrorAndTakesNothing() throws IOException {
    files.plan(FaultPlan.failWhere(o -> o.kind() == Kind.LOCK, Errno.ENOLCK));
    for (LockMode mode : LockMode.values()) {
      assertThatThrownBy(() -> platform.tryLock(file, mode))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/file: No locks available");
      assertThatThrownBy(() -> platform.tryFlock(file, mode))
          .hasMessage("/file: No locks available");
    }
    assertThatThrownBy(() -> lockable(files)).hasMessage("No locks available");
    assertThat(files.injected()).isEqualTo(5);
    files.plan(FaultPlan.NONE);
    assertThat(lockable(other)).isTrue();
  }

  private FileChannel open(FaultFileSystem process) throws IOException {
    return FileChannel.open(
        process.getPath("/file"), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private boolean lockable(FaultFileSystem process) throws IOException {
    try (FileChannel channel = open(process)) {
      return channel.tryLock() != null;
    }
  }
}
