package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.FaultFileSystem.Undisturbed;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody is faster by a moment: the swap stops, what they made is live, all else is old. */
final class SwapMomentsTest extends Moments {
  /** Right before a file is moved, somebody does something; the swap has to say where. */
  private void assertStopped(Path live, Undisturbed<?> theirs) throws IOException {
    try (Transaction transaction = world.stage(new Told())) {
      sandbox.faults().plan(OtherProgram.at(sandbox, live, 1, theirs));
      assertThatThrownBy(transaction::swap)
          .isInstanceOfSatisfying(
              ConcurrentChangeException.class, e -> assertThat(e.files()).containsExactly(live));
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.settingsFile()).hasContent("{\"old\": true}");
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void swap_somebodyMakesTheNewFile_theirsIsLive(SwapWay way) throws IOException {
    openWorld(way);
    Path added = world.hook("deep/er/added.py");
    assertStopped(added, () -> OtherProgram.write(added, "theirs"));
    assertThat(added).hasContent("theirs");
    assertThat(world.hook("check.sh")).hasContent("echo old");
  }

  @Test
  void swap_somebodyMakesAFileWhereADirectoryIsToBe_theirsIsLive() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path deep = world.hook("deep");
    assertStopped(deep, () -> OtherProgram.write(deep, "theirs"));
    assertThat(deep).hasContent("theirs");
  }

  /** Where a rename may replace, an empty directory that is as young as that is ours. */
  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME"})
  void swap_somebodyMakesTheDirectory_isUsedAndStays(SwapWay way) throws IOException {
    openWorld(way);
    Path deep = world.hook("deep");
    try (Transaction transaction = world.stage(new Told())) {
      sandbox.faults().plan(OtherProgram.at(sandbox, deep, 1, () -> Files.createDirectory(deep)));
      transaction.swap();
      assertThat(world.hook("deep/er/added.py")).hasContent("print('new')");
      transaction.undo();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(deep).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void swap_somebodyDeletesTheFile_staysDeleted(SwapWay way) throws IOException {
    openWorld(way);
    Path check = world.hook("check.sh");
    assertStopped(check, () -> Files.deleteIfExists(check));
    assertThat(check).doesNotExist();
  }

  @Test
  void swap_somebodyWritesTheFile_theirsIsLiveBeforeAnythingElseIsTouched() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path live = world.settingsFile();
    sandbox.faults().trace(true);
    try (Transaction transaction = world.stage(new Told())) {
      sandbox.faults().plan(OtherProgram.at(sandbox, live, 1, () -> OtherProgram.replace(live)));
      assertThatThrownBy(transaction::swap).isInstanceOf(ConcurrentChangeException.class);
    }
    assertThat(live).hasContent("theirs");
    List<Path> moved =
        sandbox.faults().traced().stream()
            .filter(o -> o.kind() == Kind.EXCHANGE || o.kind() == Kind.RENAME)
            .flatMap(o -> o.other().stream())
            .toList();
    int first = moved.indexOf(live);
    assertThat(first).isNotNegative();
    assertThat(moved.get(first + 1)).isEqualTo(live);
  }

  @Test
  void swap_somebodyChangesTheModeOfADirectory_theirsStays() throws IOException {
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
    world.makeDirectory(world.hooks(), "lib", 0700).put(world.hooks(), "new.py", "new", 0644);
    Path lib = world.hook("lib");
    Path added = world.hook("new.py");
    try (Transaction transaction = world.stage(new Told())) {
      sandbox
          .faults()
          .plan(
              OtherProgram.at(
                  sandbox,
                  added,
                  1,
                  () -> Files.setPosixFilePermissions(lib, FileModes.toPermissions(0777))));
      assertThatThrownBy(transaction::swap)
          .isInstanceOfSatisfying(
              ConcurrentChangeException.class, e -> assertThat(e.files()).containsExactly(lib));
    }
    assertThat(FileModes.of(lib)).isEqualTo(0777);
    assertThat(added).doesNotExist();
  }

  @Test
  void swap_mountedFileIsWrittenBeforeItsTurn_theirsStays() throws IOException {
    openWorld(SwapWay.IN_PLACE);
    sandbox.faults().mount(world.settingsFile());
    Path check = world.hook("check.sh");
    try (Transaction transaction = world.stage(new Told())) {
      sandbox
          .faults()
          .plan(
              OtherProgram.at(
                  sandbox, check, 1, () -> OtherProgram.write(world.settingsFile(), "theirs")));
      assertThatThrownBy(transaction::swap)
          .isInstanceOfSatisfying(
              ConcurrentChangeException.class,
              e -> assertThat(e.files()).containsExactly(world.settingsFile()));
    }
    assertThat(world.settingsFile()).hasContent("theirs");
    assertThat(check).hasContent("echo old");
    assertThat(world.leftovers()).isEmpty();
  }
}
