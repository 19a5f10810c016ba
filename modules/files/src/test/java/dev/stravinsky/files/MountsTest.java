package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class MountsTest {
  @Test
  void renameable_sameFileSystem_isTrueAndChangesNothing(@TempDir Path directory)
      throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path other = Files.createDirectory(directory.resolve("other"));
    assertThat(Mounts.renameable(one, other, "unused")).isTrue();
    assertThat(one).isEmptyDirectory();
    assertThat(other).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void renameable_otherFileSystem_isFalse(@TempDir Path directory) throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(memory), "no second file system");
    assertThat(Mounts.renameable(directory, memory, "stravinsky-unused")).isFalse();
  }

  @Test
  void renameable_inMemory_isTrue() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      assertThat(Mounts.renameable(sandbox.claude(), sandbox.userHome(), "unused")).isTrue();
      assertThat(Mounts.points(sandbox.claude())).isEmpty();
    }
  }

  @Test
  void renameable_nameIsUsed_saysSo(@TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("used"));
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.createFile(other.resolve("used"));
    assertThatThrownBy(() -> Mounts.renameable(directory, other, "used"))
        .isInstanceOf(IOException.class);
    assertThat(directory.resolve("used")).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void points_ofThisMachine_haveTheRoot(@TempDir Path directory) throws IOException {
    assertThat(Mounts.points(directory)).contains(directory.getRoot(), Path.of("/proc"));
  }
}
