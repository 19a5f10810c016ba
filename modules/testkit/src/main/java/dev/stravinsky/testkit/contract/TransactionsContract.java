package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link dev.stravinsky.api.transaction.Transactions} promises. */
public abstract class TransactionsContract extends SandboxTest {
  protected TransactionWorld world;
  private final Told told = new Told();

  /** The environment to test in; an implementation's test may take abilities away. */
  protected Environment adapt(Environment environment) {
    return environment;
  }

  @BeforeEach
  void openWorld() throws IOException {
    world = new TransactionWorld(sandbox, this::adapt).withUsualFiles();
  }

  @Test
  void commit_changesOfEveryKind_newStateAndNothingElse() throws IOException {
    world.sandbox().write(world.hook("old-link-end"), "x");
    Files.createDirectory(world.hook("closed"));
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges().relink(world.hooks(), "link", "check.sh");
    world.relink(world.hooks(), "old-link-end", "../elsewhere");
    world.makeDirectory(world.hooks(), "closed", 0500).makeDirectory(world.hooks(), "empty", 0750);
    world.makeDirectory(world.hooks(), "full", 0555).put(world.hooks(), "full/x", "x", 0444);

    try (Transaction transaction = world.stage(told)) {
      assertThat(withoutFolders(world.live())).isEqualTo(before);
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }

    assertThat(world.live()).isEqualTo(world.expected(before));
    assertThat(told.calls()).containsExactly("committed");
    assertThat(told.records().getFirst().attributes()).containsEntry("note", "kept");
    assertNothingLeft();
  }

  @Test
  void undo_afterSwap_oldStateToTheByte() throws IOException {
    Files.createDirectory(world.hook("closed"));
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges().relink(world.hooks(), "mine.sh", "check.sh");
    world.makeDirectory(world.hooks(), "closed", 0500);
    world.makeDirectory(world.hooks(), "full", 0555).put(world.hooks(), "full/x", "x", 0444);

    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      assertThat(world.live().get("settings.json")).isNotEqualTo(before.get("settings.json"));
      assertThat(world.live()).containsKey("hooks/lib/gone.py");
      transaction.undo();
      assertThat(transaction.unfinished()).isEmpty();
    }

    assertThat(world.live()).isEqualTo(before);
    assertThat(told.calls()).containsExactly("undone");
    assertNothingLeft();
  }

  @Test
  void close_stagedOrSwapped_oldState() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges();
    world.stage(told).close();
    assertThat(world.live()).isEqualTo(before);
    Transaction swapped = world.stage(told);
    swapped.swap();
    swapped.close();
    assertThat(world.live()).isEqualTo(before);
    assertThat(told.calls()).containsExactly("undone", "undone");
    assertNothingLeft();
  }

  @Test
  void commit_noChanges_completionIsStillCalled() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(told.calls()).containsExactly("committed");
    assertThat(world.live()).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void commit_targetThatDoesNotExist_isMade() throws IOException {
    var commands =
        dev.stravinsky.api.Target.tree(
            "commands", dev.stravinsky.api.Scope.USER, sandbox.userHome().resolve(".x/commands"));
    world.put(commands, "a/b.md", "hello", 0644);
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(commands.root().resolve("a").resolve("b.md")).hasContent("hello");
    assertNothingLeft();
  }

  @Test
  void undo_targetThatDidNotExist_isGone() throws IOException {
    var commands =
        dev.stravinsky.api.Target.tree(
            "commands", dev.stravinsky.api.Scope.USER, sandbox.userHome().resolve(".x/commands"));
    world.put(commands, "a/b.md", "hello", 0644);
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
    }
    assertThat(sandbox.userHome().resolve(".x")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void swap_fileChangedSinceItWasSeen_stopsAndTheirsIsLive() throws IOException {
    world.withUsualChanges();
    Transaction transaction = world.stage(told);
    sandbox.write(world.settingsFile(), "{\"theirs\": true}");
    SortedMap<String, EntryState> before = withoutFolders(world.live());

    assertThatThrownBy(transaction::swap)
        .isInstanceOfSatisfying(
            ConcurrentChangeException.class,
            e -> assertThat(e.files()).containsExactly(world.settingsFile()));

    assertThat(world.live()).isEqualTo(before);
    assertThat(told.calls()).containsExactly("undone");
    transaction.close();
    assertNothingLeft();
  }

  @Test
  void swap_fileMadeWhereOneIsToBeCreated_stopsAndTheirsIsLive() throws IOException {
    world.withUsualChanges();
    Transaction transaction = world.stage(told);
    sandbox.write(world.hook("deep/er/added.py"), "theirs");
    assertThatThrownBy(transaction::swap).isInstanceOf(ConcurrentChangeException.class);
    assertThat(world.hook("deep/er/added.py")).hasContent("theirs");
    assertThat(world.hook("check.sh")).hasContent("echo old");
    assertNothingLeft();
  }

  @Test
  void undo_fileChangedSinceTheSwap_staysAndTheOldOneIsKept() throws IOException {
    world.withUsualChanges();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      sandbox.write(world.settingsFile(), "{\"theirs\": true}");
      transaction.undo();
      assertThat(transaction.unfinished()).singleElement().asString().contains("settings.json");
    }
    assertThat(world.settingsFile()).hasContent("{\"theirs\": true}");
    assertThat(world.hook("check.sh")).hasContent("echo old");
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent("{\"old\": true}"));
    assertNothingLeft();
  }

  @Test
  void commit_lateWriterToTheOldFile_isKept() throws IOException {
    world.withUsualChanges();
    try (Transaction transaction = world.stage(told);
        FileChannel late = FileChannel.open(world.hook("check.sh"), StandardOpenOption.WRITE)) {
      transaction.swap();
      late.write(ByteBuffer.wrap("late".getBytes(StandardCharsets.UTF_8)));
      transaction.commit();
      assertThat(transaction.unfinished()).singleElement().asString().contains("check.sh");
    }
    assertThat(told.calls()).containsExactly("late write to check.sh", "committed");
    assertThat(world.hook("check.sh")).hasContent("echo new");
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent("late old"));
    assertNothingLeft();
  }

  @Test
  void commit_fileToDeleteWasChanged_stays() throws IOException {
    world.withUsualChanges();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      sandbox.write(world.hook("lib/gone.py"), "theirs");
      transaction.commit();
      assertThat(transaction.unfinished()).singleElement().asString().contains("gone.py");
    }
    assertThat(world.hook("lib/gone.py")).hasContent("theirs");
  }

  @Test
  protected void commit_linkedFile_writtenAtTheEndOfItsChain() throws IOException {
    Path end = sandbox.write(sandbox.userHome().resolve("dotfiles/settings.json"), "{}");
    Files.delete(world.settingsFile());
    Files.createSymbolicLink(sandbox.userHome().resolve("dotfiles/second"), end);
    Files.createSymbolicLink(world.settingsFile(), sandbox.userHome().resolve("dotfiles/second"));
    world.put(world.settings(), "settings.json", "{\"new\": true}", 0640);
    try (Transaction transaction = world.stage(told)) {
      TargetView.Node node =
          transaction.result().get(1).node(EntryPath.of("settings.json")).orElseThrow();
      assertThat(node.location()).isEqualTo(world.settingsFile());
      assertThat(node.content()).hasContent("{\"new\": true}");
      transaction.swap();
      transaction.commit();
    }
    assertThat(world.settingsFile()).isSymbolicLink();
    assertThat(end).hasContent("{\"new\": true}");
    assertThat(FileModes.of(end)).isEqualTo(0640);
    assertNothingLeft();
  }

  @Test
  void commit_modificationTimeGiven_isKept() throws IOException {
    Instant time = Instant.parse("2020-02-02T02:02:02Z");
    world.put(world.hooks(), "check.sh", "echo new", 0755);
    Change.Put put = (Change.Put) world.changes().getLast();
    var dated =
        new Change.Put(
            put.target(),
            EntryPath.of("dated"),
            EntryState.ABSENT,
            put.content(),
            put.after(),
            Optional.of(time));
    world.change(dated);
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(Files.getLastModifiedTime(world.hook("dated")).toInstant()).isEqualTo(time);
  }

  @Test
  void result_showsWhatWillBe() throws IOException {
    Files.createSymbolicLink(
        world.hook("to-check"), sandbox.root().getFileSystem().getPath("check.sh"));
    world.withUsualChanges();
    try (Transaction transaction = world.stage(told)) {
      TargetView hooks = transaction.result().getFirst();
      assertThat(hooks.nodes())
          .extracting(n -> n.path().encoded())
          .containsExactly(
              "check.sh", "deep", "deep/er", "deep/er/added.py", "mine.sh", "to-check");
      assertThat(hooks.node(EntryPath.of("check.sh")).orElseThrow())
          .satisfies(n -> assertThat(n.content()).hasContent("echo new"))
          .satisfies(n -> assertThat(n.origin()).isEqualTo(Origin.RELEASE))
          .satisfies(n -> assertThat(FileModes.of(n.location())).isEqualTo(0750));
      assertThat(hooks.node(EntryPath.of("mine.sh")).orElseThrow().origin()).isEqualTo(Origin.USER);
      assertThat(hooks.node(EntryPath.of("to-check")).orElseThrow().content())
          .hasContent("echo new");
      assertThat(FileModes.of(hooks.node(EntryPath.of("deep")).orElseThrow().location()))
          .isEqualTo(0755);
    }
  }

  @Test
  void stage_contentIsNotWhatItsChecksumSays_refusedAndNothingLeft() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges();
    Change.Put put = (Change.Put) world.changes().getFirst();
    world.change(
        new Change.Put(
            put.target(),
            EntryPath.of("bad"),
            EntryState.ABSENT,
            put.content(),
            new EntryState.Regular(Sha256.of(new byte[0]), 8, 0644),
            Optional.empty()));
    assertThatThrownBy(() -> world.stage(told)).isInstanceOf(DamagedException.class);
    assertThat(world.live()).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void commit_contentsToBeTaken_newStateAndNothingElse() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges();
    Change.Put put = (Change.Put) world.put(world.hooks(), "taken", "x", 0755).changes().getLast();
    Path content = put.content();
    world.takingContents();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(world.live()).isEqualTo(world.expected(before));
    // Where nothing can be taken it was copied; nobody else may have it now in either case.
    if (Files.exists(content)) {
      Files.writeString(content, "written later");
    }
    assertThat(world.hook("taken")).hasContent("x");
    assertNothingLeft();
  }

  @Test
  void undo_contentsToBeTaken_oldStateToTheByte() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges().takingContents();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.undo();
    }
    assertThat(world.live()).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void stage_contentToBeTakenIsNotWhatItsChecksumSays_refusedAndNothingLeft() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    world.withUsualChanges().takingContents();
    Change.Put put = (Change.Put) world.put(world.hooks(), "bad", "x", 0644).changes().getLast();
    Files.writeString(put.content(), "y");
    assertThatThrownBy(() -> world.stage(told)).isInstanceOf(DamagedException.class);
    assertThat(world.live()).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void stage_belowALinkToADirectory_refusedByName() throws IOException {
    Path outside = Files.createDirectory(sandbox.userHome().resolve("outside"));
    Files.createSymbolicLink(world.hook("linked"), outside);
    world.put(world.hooks(), "linked/evil.sh", "echo evil", 0755);
    assertThatThrownBy(() -> world.stage(told))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("linked");
    assertThat(outside).isEmptyDirectory();
    assertNothingLeft();
  }

  @Test
  void stage_fileWhereADirectoryIs_refusedByName() throws IOException {
    world.put(world.hooks(), "lib", "a file", 0644);
    assertThatThrownBy(() -> world.stage(told))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("lib");
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
