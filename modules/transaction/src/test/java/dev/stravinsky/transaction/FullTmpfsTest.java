package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is really full from the swap on. */
@EnabledOnOs(OS.LINUX)
final class FullTmpfsTest {
  @TempDir Path temporary;

  private Path disk;
  private Sandbox sandbox;
  private TransactionWorld world;
  private SortedMap<String, EntryState> before;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0,
        "mounting is not allowed here");
    sandbox = Sandbox.onDisk(disk);
    sandbox.settings("{\"safety\": {\"disk_space_threshold_mb\": 1}}");
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
    before = world.live();
    world.withUsualChanges();
  }

  @AfterEach
  void unmount() throws Exception {
    if (world != null) {
      world.close();
      sandbox.close();
      run("umount", "-l", disk.toString());
    }
  }

  /** What follows a commit needs space: a backup's folder, a line of the trail. */
  private final class Writing implements Completion {
    @Override
    public void committed(TransactionRecord transaction) throws IOException {
      write();
    }

    @Override
    public void undone(TransactionRecord transaction) throws IOException {
      write();
    }

    private void write() throws IOException {
      Files.write(sandbox.home().directory().resolve("event"), new byte[100_000]);
    }
  }

  /** Until not even a byte can be written. */
  private void fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    for (int size = 1 << 16; size > 0; size /= 16) {
      try (OutputStream out =
          Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(new byte[size]);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
    }
    assertThatThrownBy(() -> Files.write(disk.resolve("more"), new byte[1]))
        .isInstanceOf(IOException.class);
    Files.deleteIfExists(disk.resolve("more"));
  }

  @Test
  void commit_diskFullFromTheSwapOn_theReserveCarriesItThrough() throws IOException {
    try (Transaction transaction = world.stage(new Writing())) {
      assertThat(sandbox.home().reserve()).hasSize(4 * 1024 * 1024);
      fill();
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.live()).isEqualTo(world.expected(before));
    assertThat(sandbox.home().reserve()).doesNotExist();
    Files.delete(disk.resolve("ballast"));
    world.restart().transactions();
    assertThat(sandbox.home().reserve()).hasSize(4 * 1024 * 1024);
  }

  @Test
  void undo_diskFullFromTheSwapOn_theReserveCarriesItThrough() throws IOException {
    try (Transaction transaction = world.stage(new Writing())) {
      fill();
      transaction.swap();
      transaction.undo();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.live()).isEqualTo(before);
    assertThat(world.journals()).isEmpty();
  }

  @Test
  void commit_fullWithoutTheReserve_newStateIsLiveAndTheNextCommandFinishes() throws IOException {
    try (Transaction transaction = world.stage(new Writing())) {
      Files.delete(sandbox.home().reserve());
      fill();
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).singleElement().asString().contains("No space left");
    }
    Files.delete(disk.resolve("ballast"));
    TransactionRecord record = world.restart().transactions().interrupted().getFirst();
    assertThat(world.transactions().recover(record, new Told()).finished()).isTrue();
    assertThat(world.live()).isEqualTo(world.expected(before));
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
