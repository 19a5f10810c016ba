package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.transaction.Transactions;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a command finds after another one was interrupted, and what it makes of it. */
public abstract class TransactionRecoveryContract extends SandboxTest {
  protected TransactionWorld world;
  private SortedMap<String, EntryState> before;
  private final Told told = new Told();

  /** The environment to test in; an implementation's test may take abilities away. */
  protected Environment adapt(Environment environment) {
    return environment;
  }

  @BeforeEach
  void openWorld() throws IOException {
    world = new TransactionWorld(sandbox, this::adapt).withUsualFiles();
    before = world.live();
    world.withUsualChanges();
  }

  @Test
  void interrupted_nothingHappened_isEmpty() throws IOException {
    assertThat(world.transactions().interrupted()).isEmpty();
  }

  @Test
  void recover_afterStaging_oldState() throws IOException {
    world.stage(new Told()); // And never closed: the process is gone.
    TransactionRecord record = interrupted();
    assertThat(record.state()).isEqualTo(State.STAGING);
    Recovered recovered = recover(record);
    assertUndone(recovered);
  }

  @Test
  void recover_afterSwap_oldState() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    TransactionRecord record = interrupted();
    assertThat(record.id()).isEqualTo(transaction.id());
    assertThat(record.state()).isEqualTo(State.SWAPPED);
    assertThat(record.kind()).isEqualTo("update");
    assertThat(record.attributes()).containsEntry("note", "kept");
    assertThat(record.files()).contains(world.settingsFile());
    Recovered recovered = recover(record);
    assertUndone(recovered);
  }

  @Test
  void recover_completionHadFailed_isFinishedAndToldAgain() throws IOException {
    try (Transaction transaction = world.stage(new Told().failing())) {
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).singleElement().asString().contains("as told");
    }
    TransactionRecord record = interrupted();
    assertThat(record.state()).isEqualTo(State.COMMITTED);
    assertThat(world.transactions().writtenSince(record)).isEmpty();
    Recovered recovered = recover(record);
    assertThat(recovered.finished()).isTrue();
    assertThat(told.calls()).containsExactly("committed");
    assertThat(told.records().getFirst().recovered()).isTrue();
    assertThat(world.live()).isEqualTo(world.expected(before));
    assertNothingLeft();
  }

  @Test
  void recover_undoneCompletionHadFailed_toldAgain() throws IOException {
    try (Transaction transaction = world.stage(new Told().failing())) {
      transaction.swap();
      transaction.undo();
      assertThat(transaction.unfinished()).singleElement().asString().contains("as told");
    }
    assertThat(withoutFolders(world.live())).isEqualTo(before);
    Recovered recovered = recover(interrupted());
    assertUndone(recovered);
  }

  @Test
  void recover_fileChangedSinceTheCrash_staysAndIsNamed() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    assertThat(writtenSince()).isEmpty();
    sandbox.write(world.settingsFile(), "{\"since\": true}");
    assertThat(writtenSince()).containsExactly(world.settingsFile());
    Recovered recovered = recover(interrupted());
    assertThat(recovered.finished()).isFalse();
    assertThat(recovered.foreign()).containsExactly(world.settingsFile());
    assertThat(world.settingsFile()).hasContent("{\"since\": true}");
    assertThat(world.hook("check.sh")).hasContent("echo old");
    List<Conflict> kept = world.services().conflicts().list();
    assertThat(kept)
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent("{\"old\": true}"));
    assertNothingLeft();
  }

  @Test
  void recover_fileDeletedSinceTheCrash_staysAwayAndTheOldOneIsKept() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    Files.delete(world.hook("check.sh"));
    Recovered recovered = recover(interrupted());
    assertThat(recovered.foreign()).containsExactly(world.hook("check.sh"));
    assertThat(world.hook("check.sh")).doesNotExist();
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent("echo old"));
  }

  @Test
  void recover_fileAddedToANewDirectory_stays() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    sandbox.write(world.hook("deep/mine"), "mine");
    recover(interrupted());
    assertThat(world.hook("deep/mine")).hasContent("mine");
    assertThat(world.hook("deep/er")).doesNotExist();
  }

  @Test
  void recover_folderIsGone_refusesAndChangesNothing() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    TransactionRecord record = interrupted();
    Path away = sandbox.userHome().resolve("away");
    Files.move(sandbox.claude(), away);
    assertThatThrownBy(() -> recover(record))
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining(transaction.id());
    assertThat(told.calls()).isEmpty();
    Files.move(away, sandbox.claude());
    assertUndone(recover(interrupted()));
  }

  @Test
  void stage_recoverOrAbandonWithoutTheLock_isTheCallersMistake() throws IOException {
    world.stage(new Told()).swap();
    TransactionRecord record = interrupted();
    var request =
        new TransactionRequest(record.scope(), "update", List.of(), world.changes(), Map.of());
    world.close();
    Transactions bare = world.services().transactions();
    assertThatThrownBy(() -> bare.stage(request, told))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lock");
    assertThatThrownBy(() -> bare.recover(record, told)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bare.abandon(record)).isInstanceOf(IllegalStateException.class);
    try (Lease shared = bare.lock(List.of(world.hooks()), LockMode.SHARED)) {
      assertThatThrownBy(() -> bare.recover(record, told))
          .isInstanceOf(IllegalStateException.class);
    }
    try (Lease homeOnly = bare.lock(List.of(), LockMode.EXCLUSIVE)) {
      assertThatThrownBy(() -> bare.stage(request, told))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(".claude");
      assertThatThrownBy(
              () -> CompletableFuture.runAsync(() -> recoverUnchecked(bare, record)).join())
          .hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(told.calls()).isEmpty();
    assertThat(world.hook("check.sh")).hasContent("echo new");
  }

  private void recoverUnchecked(Transactions transactions, TransactionRecord record) {
    try {
      transactions.recover(record, told);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void abandon_afterSwap_bothSidesAreKept() throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    TransactionRecord record = interrupted();
    List<Path> sides = world.transactions().abandon(record);
    assertThat(sides).anySatisfy(p -> assertThat(p).hasContent("echo old"));
    assertThat(sides).anySatisfy(p -> assertThat(p).hasContent("{\"old\": true}"));
    assertThat(world.hook("check.sh")).hasContent("echo new");
    assertThat(world.transactions().interrupted()).isEmpty();
  }

  private List<Path> writtenSince() throws IOException {
    TransactionRecord record = interrupted();
    return world.transactions().writtenSince(record);
  }

  /** By the command that found it. */
  private Recovered recover(TransactionRecord record) throws IOException {
    return world.transactions().recover(record, told);
  }

  private TransactionRecord interrupted() throws IOException {
    world.restart();
    return world.transactions().interrupted().getFirst();
  }

  private void assertUndone(Recovered recovered) throws IOException {
    assertThat(recovered.finished()).isFalse();
    assertThat(recovered.foreign()).isEmpty();
    assertThat(told.calls()).containsExactly("undone");
    assertThat(told.records().getFirst().recovered()).isTrue();
    assertThat(world.live()).isEqualTo(before);
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
    assertThat(world.transactions().interrupted()).isEmpty();
  }

  private static SortedMap<String, EntryState> withoutFolders(SortedMap<String, EntryState> live) {
    live.keySet().removeIf(path -> path.contains(".stravinsky-"));
    return live;
  }
}
