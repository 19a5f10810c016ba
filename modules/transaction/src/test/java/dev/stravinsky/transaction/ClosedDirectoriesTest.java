package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories that their owner may not write to, where modes count: this is no root. */
final class ClosedDirectoriesTest {
  private Sandbox sandbox;
  private TransactionWorld world;

  /** How a transaction ends. */
  enum End {
    COMMIT,
    UNDO,
    RECOVERY
  }

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    world.close();
    sandbox.close();
  }

  private void openWorld(SwapWay way) throws IOException {
    world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
  }

  /** From here on modes count. */
  private void swapAnd(End end) throws IOException {
    sandbox.faults().actAs(new Credentials("user", "group"));
    SortedMap<String, EntryState> before = world.live();
    SortedMap<String, EntryState> after = world.expected(before);
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    switch (end) {
      case COMMIT -> transaction.commit();
      case UNDO -> transaction.undo();
      case RECOVERY -> {
        world.restart();
        TransactionRecord found = world.transactions().interrupted().getFirst();
        assertThat(world.transactions().recover(found, new Told()).foreign()).isEmpty();
      }
    }
    assertThat(transaction.unfinished()).isEmpty();
    assertThat(world.live()).isEqualTo(end == End.COMMIT ? after : before);
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
  }

  static Stream<Arguments> waysAndEnds() {
    return Stream.of(SwapWay.EXCHANGE, SwapWay.RENAME, SwapWay.LINK)
        .flatMap(way -> Stream.of(End.values()).map(end -> Arguments.of(way, end)));
  }

  @ParameterizedTest
  @MethodSource("waysAndEnds")
  void swap_newClosedDirectory_isFilledAllTheSame(SwapWay way, End end) throws IOException {
    openWorld(way);
    world.makeDirectory(world.hooks(), "closed", 0555);
    world.put(world.hooks(), "closed/inside.py", "print('new')", 0444);
    swapAnd(end);
  }

  @ParameterizedTest
  @EnumSource
  void swap_directoryIsOpened_newFilesGoIntoIt(End end) throws IOException {
    openWorld(SwapWay.EXCHANGE);
    setMode(world.hook("lib"), 0555);
    world.makeDirectory(world.hooks(), "lib", 0755);
    world.put(world.hooks(), "lib/new.py", "print('new')", 0444);
    swapAnd(end);
  }

  @ParameterizedTest
  @EnumSource
  void swap_directoryIsClosed_filesAreDeletedFromItAllTheSame(End end) throws IOException {
    openWorld(SwapWay.EXCHANGE);
    world.makeDirectory(world.hooks(), "lib", 0555).delete(world.hooks(), "lib/gone.py");
    swapAnd(end);
  }

  @ParameterizedTest
  @EnumSource
  void swap_closedDirectoryIsDeleted_withItsFiles(End end) throws IOException {
    openWorld(SwapWay.EXCHANGE);
    setMode(world.hook("lib"), 0555);
    world.delete(world.hooks(), "lib/gone.py").delete(world.hooks(), "lib");
    swapAnd(end);
  }

  @Test
  void commit_closedDirectoryHasSomebodysFile_staysWithItsMode() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    sandbox.write(world.hook("lib/mine.py"), "mine");
    setMode(world.hook("lib"), 0555);
    world.delete(world.hooks(), "lib/gone.py").delete(world.hooks(), "lib");
    sandbox.faults().actAs(new Credentials("user", "group"));
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(FileModes.of(world.hook("lib"))).isEqualTo(0555);
    assertThat(world.hook("lib/mine.py")).exists();
    assertThat(world.hook("lib/gone.py")).doesNotExist();
  }

  @Test
  void stage_deletionFromAClosedDirectory_isRefusedWithTheWayOut() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    setMode(world.hook("lib"), 0555);
    world.delete(world.hooks(), "lib/gone.py").put(world.hooks(), "check.sh", "echo new", 0755);
    sandbox.faults().actAs(new Credentials("user", "group"));
    SortedMap<String, EntryState> before = world.live();
    assertThatThrownBy(() -> world.stage(new Told()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(
                        p -> {
                          assertThat(p.file()).contains(world.hook("lib/gone.py"));
                          assertThat(p.nextCommand().orElseThrow())
                              .startsWith("chmod u+wx")
                              .contains("lib");
                        }));
    assertThat(world.live()).isEqualTo(before);
    assertThat(world.journals()).isEmpty();
  }

  private static void setMode(Path directory, int mode) throws IOException {
    Files.setPosixFilePermissions(directory, FileModes.toPermissions(mode));
  }
}
