package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.PlatformFilesContract;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class NativePlatformFilesTest extends PlatformFilesContract {
  private final PlatformFiles platform = new NativePlatformFiles();
  @TempDir Path directory;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void capabilities_onLinux_areAllThere() throws IOException {
    assertThat(platform.capabilities(directory))
        .isEqualTo(new Capabilities(true, true, true, true));
    assertThat(platform.bootId()).hasValueSatisfying(id -> assertThat(id).hasSize(36));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void openForWriting_descriptorOrMapping_isSeenAsLongAsItIsThere() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    assertThat(platform.openForWriting(file)).contains(false);
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
      assertThat(reader.isOpen()).isTrue();
      assertThat(platform.openForWriting(file)).contains(false);
    }
    Set<OpenOption> readAndWrite = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (Arena arena = Arena.ofConfined()) {
      try (FileChannel writer = FileChannel.open(file, readAndWrite)) {
        assertThat(platform.openForWriting(file)).contains(true);
        writer.map(FileChannel.MapMode.READ_WRITE, 0, 7, arena);
      }
      assertThat(platform.openForWriting(file)).contains(true);
    }
    assertThat(platform.openForWriting(file)).contains(false);
  }

  @Test
  void capabilities_scratchOfAKilledProbe_isRemoved() throws IOException {
    Path left = Files.createDirectory(directory.resolve(".stravinsky-probe-killed"));
    Files.writeString(left.resolve("one"), "1");
    platform.capabilities(directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void capabilities_scratchOfALivingProbe_stays() throws IOException {
    Path used = Files.createDirectory(directory.resolve(".stravinsky-probe-living"));
    try (Lease alive = platform.tryFlock(used, LockMode.EXCLUSIVE).orElseThrow()) {
      platform.capabilities(directory);
      assertThat(alive).isNotNull();
      assertThat(used).exists();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void exchange_namesOfAnyBytes_areMet() throws IOException {
    Path raw = EntryPath.ofBytes(new byte[] {'a', (byte) 0xff, (byte) 0xfe}).resolveIn(directory);
    Path blank = EntryPath.of("with space & 100% \u00fc\u6f22").resolveIn(directory);
    Files.writeString(raw, "raw");
    Files.writeString(blank, "blank");

    platform.exchange(raw, blank);

    assertThat(raw).hasContent("blank");
    assertThat(blank).hasContent("raw");
  }

  @Test
  void exchange_failing_saysTheSystemsWords() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path inside = Files.writeString(folder.resolve("file"), "content");
    assertThatThrownBy(() -> platform.exchange(folder, inside))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + " -> " + inside + ": Invalid argument");
    assertThat(inside).hasContent("content");
  }

  @Test
  void path_ofAnotherFileSystem_isRefused() throws IOException {
    try (Sandbox memory = Sandbox.inMemory()) {
      Path file = memory.write(memory.claude().resolve("f"), "x");
      assertThatThrownBy(() -> platform.exchange(file, file))
          .isInstanceOf(ProviderMismatchException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"fcntl,LOCK_EX", "fcntl,LOCK_SH", "flock,LOCK_EX", "flock,LOCK_SH"})
  void lockedByOther_anotherProgramsLock_isSeenAndGoneWithIt(String call, String mode)
      throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "content");
    try (OtherProgram other = OtherProgram.locking(file, call, mode)) {
      assertThat(platform.lockedByOther(file)).isTrue();
      if (Os.current() == Os.LINUX) {
        assertThat(platform.lockHolders(file))
            .singleElement()
            .matches(holder -> holder.matches("process " + other.processId() + " \\(python.*\\)"));
      }
      other.kill();
      assertThat(platform.lockedByOther(file)).isFalse();
      assertThat(platform.lockHolders(file)).isEmpty();
    }
  }

  @Test
  void tryLock_heldByAnotherProgram_isEmptyUntilItDies() throws Exception {
    Path file = Files.writeString(directory.resolve("lock"), "");
    try (OtherProgram other = OtherProgram.locking(file, "fcntl", "LOCK_EX")) {
      assertThat(platform.tryLock(file, LockMode.EXCLUSIVE)).isEmpty();
      assertThat(platform.tryLock(file, LockMode.SHARED)).isEmpty();
      other.kill();
      assertFree(file);
    }
  }

  @Test
  void tryFlock_heldByAnotherProgram_isEmptyUntilItDies() throws Exception {
    try (OtherProgram other = OtherProgram.locking(directory, "flock", "LOCK_EX")) {
      assertThat(platform.tryFlock(directory, LockMode.SHARED)).isEmpty();
      other.kill();
      try (Lease lease = platform.tryFlock(directory, LockMode.EXCLUSIVE).orElseThrow()) {
        assertThat(lease).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true,fcntl", "false,flock"})
  void lease_held_isMetByAnotherProgram(boolean record, String call) throws Exception {
    Path file = Files.writeString(directory.resolve("lock"), "");
    try (Lease lease =
        (record
                ? platform.tryLock(file, LockMode.EXCLUSIVE)
                : platform.tryFlock(file, LockMode.EXCLUSIVE))
            .orElseThrow()) {
      assertThat(lease).isNotNull();
      assertThat(OtherProgram.canLock(file, call)).isFalse();
    }
    assertThat(OtherProgram.canLock(file, call)).isTrue();
  }

  @Test
  void lease_whileAChildRuns_isFreeAfterClosing() throws Exception {
    Path file = Files.writeString(directory.resolve("lock"), "");
    try (Lease lease = platform.tryLock(file, LockMode.EXCLUSIVE).orElseThrow();
        OtherProgram child = OtherProgram.locking(directory, "flock", "LOCK_EX")) {
      lease.close();
      assertThat(child).isNotNull();
      assertFree(file); // The child has not inherited the descriptor.
    }
  }

  private void assertFree(Path file) throws IOException {
    try (Lease lease = platform.tryLock(file, LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
    }
  }
}
