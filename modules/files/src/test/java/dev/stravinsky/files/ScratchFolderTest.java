package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.SimulatedPlatformFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Folders that die with their user. */
final class ScratchFolderTest {
  private static final Instant NOW = Instant.now();

  private final FaultFileSystem memory = FaultFileSystem.inMemory();
  private final SimulatedPlatformFiles one = memory.newProcess();
  private final SimulatedPlatformFiles other = memory.newProcess();
  private final Path parent = memory.getPath("/staging");

  @AfterEach
  void close() throws IOException {
    memory.close();
  }

  @Test
  void sweep_userIsAtWork_staysAndGoesAfterItsEnd() throws IOException {
    ScratchFolder used = ScratchFolder.create(one, parent, () -> "used");
    FileWrites.create(used.directory().resolve("x"), new byte[] {1}, FileWrites.PRIVATE_FILE);
    ScratchFolder.sweep(other, parent, NOW);
    assertThat(used.directory().resolve("x")).exists();
    one.end(); // Killed: nothing was closed.
    ScratchFolder.sweep(other, parent, NOW);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void close_removesItAndFreesTheLock() throws IOException {
    ScratchFolder used = ScratchFolder.create(one, parent, () -> "used");
    FileWrites.create(used.directory().resolve("x"), new byte[] {1}, FileWrites.PRIVATE_FILE);
    used.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void create_sweptBeforeItWasLocked_anotherIsMade() throws IOException {
    Iterator<String> names = List.of("first", "second").iterator();
    memory.plan(
        operation -> {
          if (operation.kind() == Kind.LOCK && operation.path().endsWith("first")) {
            sweepAsOther(parent.resolve("first"));
          }
          return new FaultPlan.Verdict.Proceed();
        });
    try (ScratchFolder made = ScratchFolder.create(one, parent, names::next)) {
      assertThat(made.directory()).isEqualTo(parent.resolve("second")).isEmptyDirectory();
    }
  }

  /** Its lock is held, as by a sweep that is going to remove it. */
  private void sweepAsOther(Path folder) {
    try {
      memory.undisturbed(() -> other.tryFlock(folder, LockMode.EXCLUSIVE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void create_lockRefused_nothingStays() throws IOException {
    memory.plan(FaultPlan.failWhere(o -> o.kind() == Kind.LOCK, Errno.ENOLCK));
    assertThatThrownBy(() -> ScratchFolder.create(one, parent, () -> "x"))
        .isInstanceOf(IOException.class);
    memory.plan(FaultPlan.NONE);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void sweep_filesAndWhatIsNoParent_areLeftAlone() throws IOException {
    ScratchFolder.sweep(other, parent, NOW);
    Files.createDirectory(parent);
    Path file = parent.resolve("note");
    FileWrites.create(file, new byte[0], FileWrites.PRIVATE_FILE);
    ScratchFolder.sweep(other, parent, NOW);
    assertThat(file).exists();
  }
}
