package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.files.Reserve;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal forces, and when: a record that was appended is on the disk. */
final class JournalDurabilityTest {
  private Sandbox sandbox;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    file = sandbox.home().journal().resolve("x.journal");
    sandbox.faults().trace(true);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void create_returns_contentAndNameAreForced() throws IOException {
    SwapJournal.create(file, bytes("first")).close();
    assertForcedAfter(Kind.WRITE, file, file);
    assertForcedAfter(Kind.CREATE, file, file.getParent());
  }

  @Test
  void append_returns_recordIsForced() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      sandbox.faults().plan(FaultPlan.NONE);
      journal.append(bytes("second"));
      assertForcedAfter(Kind.WRITE, file, file);
    }
  }

  @Test
  void create_anyOperationFails_leavesNone() throws IOException {
    SwapJournal.create(file, bytes("first")).remove();
    sandbox.faults().plan(FaultPlan.NONE);
    SwapJournal.create(file, bytes("first")).close();
    long clean = sandbox.faults().changes();
    Files.delete(file);
    for (long n = 1; n <= clean; n++) {
      sandbox.faults().plan(FaultPlan.failAt(n, Errno.EIO));
      assertThatThrownBy(() -> SwapJournal.create(file, bytes("first")))
          .as("failed at %d", n)
          .isInstanceOf(IOException.class);
      assertThat(file).as("failed at %d", n).doesNotExist();
    }
  }

  @Test
  void append_afterAForceThatFailed_isRefused() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      assertThat(journal.isSuspect()).isFalse();
      failForces(journal);
      assertThat(journal.isSuspect()).isTrue();
      assertThatThrownBy(() -> journal.append(bytes("again")))
          .hasMessageContaining("cannot be trusted");
    }
  }

  @Test
  void append_withTheReserveAfterAFailure_goesToANewForcedFile() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      failForces(journal);
      sandbox.faults().plan(FaultPlan.NONE);

      journal.append(bytes("second"), new Reserve(sandbox.home()));

      Path fresh = file.resolveSibling("x.journal.tmp");
      assertThat(journal.isSuspect()).isFalse();
      assertForcedBefore(Kind.RENAME, fresh);
      assertForcedAfter(Kind.RENAME, fresh, file.getParent());
      assertThat(fresh).doesNotExist();
    }
    assertThat(SwapJournal.read(file)).containsExactly(bytes("first"), bytes("second"));
  }

  @Test
  void append_toARewrittenJournal_needsNoMoreSpace() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("x".repeat(70_000)))) {
      journal.rewrite();
      long size = Files.size(file);
      for (int i = 0; i < 60; i++) {
        journal.append(bytes("record " + i));
      }
      assertThat(Files.size(file)).isEqualTo(size);
      assertThat(size).isLessThan(70_000 + 64 * 1024);
    }
  }

  @Test
  void append_beyondTheRoom_makesRoomForWhatFollows() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      assertThat(Files.size(file)).isEqualTo(64 * 1024 + 64 * 512);
      journal.append(bytes("x".repeat(100_000)));
      long size = Files.size(file);
      for (int i = 0; i < 64; i++) {
        journal.append(bytes("later"));
      }
      assertThat(Files.size(file)).isEqualTo(size);
      journal.append(bytes("one more"));
      assertThat(Files.size(file)).isGreaterThan(size);
    }
  }

  @Test
  void remove_returns_nameIsGoneForCertain() throws IOException {
    SwapJournal journal = SwapJournal.create(file, bytes("first"));
    sandbox.faults().plan(FaultPlan.NONE);
    journal.remove();
    assertThat(file).doesNotExist();
    assertForcedAfter(Kind.DELETE, file, file.getParent());
    assertThatThrownBy(() -> journal.append(bytes("late"))).isInstanceOf(IOException.class);
  }

  @Test
  void withdrawCommit_returns_nameSaysSoForCertain() throws IOException {
    JournalFolder folder = new JournalFolder(sandbox.home());
    assertThat(folder.file("x")).isEqualTo(file);
    assertThat(JournalFolder.isWithdrawn(file)).isFalse();
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      sandbox.faults().plan(FaultPlan.NONE);
      journal.withdrawCommit();
    }
    assertThat(file).doesNotExist();
    Path withdrawn = folder.file("x");
    assertThat(withdrawn).exists();
    assertThat(JournalFolder.isWithdrawn(withdrawn)).isTrue();
    assertForcedAfter(Kind.RENAME, file, file.getParent());
  }

  @Test
  void sweep_removesOnlyWhatSaysNothing() throws IOException {
    JournalFolder folder = new JournalFolder(sandbox.home());
    folder.sweep(); // There is no folder yet.
    assertThat(folder.isEmpty()).isTrue();
    sandbox.write(file, new byte[2048], 0600);
    Path half = sandbox.write(file.resolveSibling("y.journal.tmp"), "half");
    Path other = sandbox.write(file.resolveSibling("note.txt"), "mine");
    assertThat(folder.isEmpty()).isFalse();

    folder.sweep();

    assertThat(file).doesNotExist();
    assertThat(half).doesNotExist();
    assertThat(other).exists();
    assertThat(folder.isEmpty()).isTrue();
  }

  private void failForces(SwapJournal journal) {
    sandbox.faults().plan(FaultPlan.failWhere(o -> o.kind() == Kind.FORCE, Errno.EIO));
    assertThatThrownBy(() -> journal.append(bytes("lost"))).isInstanceOf(IOException.class);
    sandbox.faults().plan(FaultPlan.NONE);
  }

  /** After the last such operation on one path the other was forced. */
  private void assertForcedAfter(Kind kind, Path path, Path forced) {
    List<FileOperation> all = sandbox.faults().traced();
    int last = -1;
    int force = -1;
    for (int i = 0; i < all.size(); i++) {
      last = all.get(i).kind() == kind && all.get(i).path().equals(path) ? i : last;
      force = all.get(i).kind() == Kind.FORCE && all.get(i).path().equals(forced) ? i : force;
    }
    assertThat(last).as("%s %s in %s", kind, path, all).isNotNegative();
    assertThat(force).as("force of %s in %s", forced, all).isGreaterThan(last);
  }

  /** Between its last write and such an operation a file was forced. */
  private void assertForcedBefore(Kind kind, Path path) {
    List<FileOperation> all =
        sandbox.faults().traced().stream().filter(o -> o.path().equals(path)).toList();
    List<Kind> kinds = all.stream().map(FileOperation::kind).filter(Kind::changes).toList();
    assertThat(kinds.subList(0, kinds.indexOf(kind))).endsWith(Kind.WRITE, Kind.FORCE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
