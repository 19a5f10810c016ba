package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Cause;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.api.update.GuardResult;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link dev.stravinsky.api.update.Guard} must do. */
public abstract class GuardContract extends InstalledSandbox {
  private static final List<String> COMMAND = List.of("./install.sh", "--token", "abc");

  /** What the guarded program does. */
  @FunctionalInterface
  protected interface Work {
    void run() throws IOException;
  }

  private SortedMap<String, String> before;

  @BeforeEach
  void installAndEdit() throws IOException {
    update(firstRelease(), "v1");
    writeOwnHook();
    Files.createDirectories(sandbox.claude().resolve("commands/empty"));
    mode(sandbox.claude().resolve("hooks/deep"), 0750);
    Path link = sandbox.claude().resolve("hooks/latest.sh");
    Files.createSymbolicLink(link, link.getFileSystem().getPath("guard.sh"));
    before = live();
  }

  /** The guarded work of a program with this exit status. */
  protected final GuardResult guard(int status, Work work, String... accepted) throws IOException {
    GuardRequest request =
        new GuardRequest(
            Scope.USER,
            COMMAND,
            variables -> {
              work.run();
              return new Ended(status, Cause.ITSELF);
            },
            Set.of(accepted),
            true,
            text -> text);
    return sandbox.services().guard().run(request, Progress.NONE);
  }

  protected final Path claude(String path) {
    return sandbox.claude().resolve(path);
  }

  private GuardResult.RolledBack rolledBack(Work work) throws IOException {
    GuardResult result = guard(1, work);
    assertThat(live()).isEqualTo(before);
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
    return (GuardResult.RolledBack) result;
  }

  @Test
  void run_programEndsWell_staysAndSaysWhatItChanged() throws IOException {
    GuardResult result =
        guard(
            0,
            () -> {
              sandbox.write(claude("commands/new.md"), "A new command.\n");
              Files.delete(claude("hooks/deep/only-in-v1.sh"));
            });

    assertThat(result)
        .isInstanceOfSatisfying(
            GuardResult.Done.class,
            done -> {
              assertThat(done.differences())
                  .extracting(each -> each.difference().path().readable())
                  .containsExactly("new.md", "deep/only-in-v1.sh");
              assertThat(done.differences().getFirst().lines()).contains("+A new command.");
            });
    assertThat(claude("commands/new.md")).hasContent("A new command.\n");
    assertThat(claude("hooks/deep/only-in-v1.sh")).doesNotExist();
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
    assertThat(statuses(EventType.GUARD_SUCCESS)).containsExactly(EventStatus.SUCCESS);
  }

  @Test
  void run_programChangesNothing_isDone() throws IOException {
    assertThat(guard(0, () -> {}))
        .isInstanceOfSatisfying(
            GuardResult.Done.class, done -> assertThat(done.differences()).isEmpty());
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void run_programDeletesHalfAndFails_everythingIsBack() throws IOException {
    GuardResult.RolledBack back =
        rolledBack(
            () -> {
              deleteTree(claude("hooks"));
              Files.delete(claude("settings.json"));
            });

    assertThat(back.ended()).contains(new Ended(1, Cause.ITSELF));
    assertThat(back.differences()).isNotEmpty();
    assertThat(back.problems().getFirst().message()).contains("exit status 1");
    assertThat(statuses(EventType.GUARD_FAILED)).containsExactly(EventStatus.ROLLED_BACK);
    assertThat(sandbox.services().audit().verify(Optional.empty()).intact()).isTrue();
  }

  @Test
  void run_settingsAreCorrupted_checkBlocksAndEverythingIsBack() throws IOException {
    GuardResult result = guard(0, () -> sandbox.write(claude("settings.json"), "{ \"env\": \n"));

    assertThat(result)
        .isInstanceOfSatisfying(
            GuardResult.RolledBack.class,
            back -> {
              Problem first = back.problems().getFirst();
              assertThat(first.file()).contains(claude("settings.json"));
              assertThat(first.message()).contains("[settings-schema]");
            });
    assertThat(live()).isEqualTo(before);
    assertThat(checksNamedBy(EventType.GUARD_FAILED)).contains("settings-schema");
  }

  @Test
  void run_checkIsAccepted_staysAndTheTrailSaysWhoDid() throws IOException {
    GuardResult result =
        guard(
            0,
            () -> sandbox.write(claude("settings.json"), "{\"env\": {\"PORT\": 1}}\n"),
            "settings-schema");

    assertThat(result)
        .isInstanceOfSatisfying(
            GuardResult.Done.class,
            done ->
                assertThat(done.warnings())
                    .anyMatch(each -> each.message().contains("[settings-schema]")));
    assertThat(statuses(EventType.CHECK_ACCEPTED)).hasSize(1);
  }

  @Test
  void run_muchIsRemovedThoughAllIsSaidToBeWell_everythingIsBack() throws IOException {
    GuardResult half =
        guard(
            0,
            () -> {
              Files.delete(claude("settings.json"));
              deleteTree(claude("hooks"));
            });
    assertThat(live()).isEqualTo(before);
    assertThat(half)
        .isInstanceOfSatisfying(
            GuardResult.RolledBack.class,
            back ->
                assertThat(back.problems())
                    .extracting(Problem::nextCommand)
                    .contains(Optional.of("stravinsky guard --accept removed-files -- COMMAND")));

    Work meant = () -> Files.delete(claude("settings.json"));
    assertThat(guard(0, meant)).isInstanceOf(GuardResult.RolledBack.class);
    assertThat(checksNamedBy(EventType.GUARD_FAILED)).contains("removed-files");
    assertThat(live()).isEqualTo(before);
    assertThat(guard(0, meant, "removed-files")).isInstanceOf(GuardResult.Done.class);
    assertThat(claude("settings.json")).doesNotExist();
  }

  @Test
  void run_faultThatWasThereBefore_doesNotBlock() throws IOException {
    sandbox.write(claude("agents/broken.md"), "---\nname: [unclosed\n---\n");

    GuardResult result =
        guard(0, () -> sandbox.write(claude("commands/new.md"), "A new command.\n"));

    assertThat(result).isInstanceOf(GuardResult.Done.class);
  }

  @Test
  void run_kindsAreExchanged_everythingIsBack() throws IOException {
    rolledBack(
        () -> {
          deleteTree(claude("hooks/deep"));
          sandbox.write(claude("hooks/deep"), "now a file");
          Files.delete(claude("commands/review.md"));
          sandbox.write(claude("commands/review.md/inner/file"), "now a folder");
          Files.delete(claude("hooks/latest.sh"));
          sandbox.write(claude("hooks/latest.sh"), "no link any more");
          Files.delete(claude("hooks/guard.sh"));
          Files.createSymbolicLink(claude("hooks/guard.sh"), claude("settings.json"));
        });
  }

  @Test
  void run_modesAreChanged_everythingIsBack() throws IOException {
    rolledBack(
        () -> {
          mode(claude("hooks"), 0500);
          mode(claude("hooks/deep"), 0700);
          mode(claude("hooks/own.sh"), 0644);
          mode(claude("commands"), 0777);
        });
  }

  @Test
  void run_rootsAreReplaced_everythingIsBack() throws IOException {
    Path elsewhere = Files.createDirectories(sandbox.userHome().resolve("elsewhere"));
    sandbox.write(elsewhere.resolve("guard.sh"), "not yours");

    rolledBack(
        () -> {
          deleteTree(claude("hooks"));
          Files.createSymbolicLink(claude("hooks"), elsewhere);
          deleteTree(claude("commands"));
          sandbox.write(claude("commands"), "a file");
          sandbox.write(claude("agents/new.md"), "---\nname: n\ndescription: d\n---\n");
        });

    assertThat(elsewhere.resolve("guard.sh")).hasContent("not yours");
    assertThat(Tree.of(elsewhere)).hasSize(1);
  }

  @Test
  void run_wholeFolderIsDeleted_everythingIsBack() throws IOException {
    mode(sandbox.claude(), 0700);

    rolledBack(() -> deleteTree(sandbox.claude()));

    assertThat(FileModes.of(sandbox.claude())).isEqualTo(0700);
  }

  @Test
  void run_wholeFolderIsReplacedByALink_everythingIsBack() throws IOException {
    Path elsewhere = Files.createDirectories(sandbox.userHome().resolve("elsewhere"));

    rolledBack(
        () -> {
          deleteTree(sandbox.claude());
          Files.createSymbolicLink(sandbox.claude(), elsewhere);
        });

    assertThat(Tree.of(elsewhere)).isEmpty();
  }

  @Test
  void run_linkToDotfilesIsReplacedByAFolder_isRolledBack() throws IOException {
    Path dotfiles = sandbox.userHome().resolve("dotfiles");
    sandbox.write(dotfiles.resolve("agents/mine.md"), "---\nname: m\ndescription: d\n---\n");
    Files.createSymbolicLink(claude("agents"), dotfiles.resolve("agents"));
    before = live();

    GuardResult result =
        guard(
            0,
            () -> {
              Files.delete(claude("agents"));
              sandbox.write(claude("agents/other.md"), "---\nname: o\ndescription: d\n---\n");
            });

    assertThat(result)
        .isInstanceOfSatisfying(
            GuardResult.RolledBack.class,
            back -> assertThat(back.problems().getFirst().file()).contains(claude("agents")));
    assertThat(live()).isEqualTo(before);
    assertThat(Files.isSymbolicLink(claude("agents"))).isTrue();
  }

  @Test
  void run_linkedSettingsAreWrittenThrough_everythingIsBack() throws IOException {
    Path dotfiles = sandbox.write(sandbox.userHome().resolve("dotfiles/local.json"), "{}\n");
    Files.createSymbolicLink(claude("settings.local.json"), dotfiles);
    before = live();

    rolledBack(() -> sandbox.write(claude("settings.local.json"), "{\"model\": \"x\"}\n"));
    assertThat(dotfiles).hasContent("{}\n");

    rolledBack(
        () -> {
          Files.delete(claude("settings.local.json"));
          sandbox.write(claude("settings.local.json"), "{\"model\": \"x\"}\n");
        });
    assertThat(dotfiles).hasContent("{}\n");
  }

  @Test
  void run_rolledBack_whatTheProgramLeftIsInABackup() throws IOException {
    GuardResult.RolledBack back =
        rolledBack(() -> sandbox.write(claude("commands/new.md"), "Somebody's work.\n"));

    Backup saved =
        sandbox.services().backups().find(Scope.USER, back.saved().orElseThrow()).orElseThrow();
    List<Difference> differences =
        sandbox
            .services()
            .backups()
            .compare(
                sandbox.services().backups().find(Scope.USER, back.backup()).orElseThrow(), saved);
    assertThat(differences).extracting(each -> each.path().readable()).containsExactly("new.md");
  }

  @Test
  void run_programThrows_everythingIsBack() throws IOException {
    assertThatThrownBy(
            () ->
                guard(
                    0,
                    () -> {
                      deleteTree(claude("hooks"));
                      throw new IllegalStateException("out of order");
                    }))
        .hasMessageContaining("out of order");
    assertThat(live()).isEqualTo(before);
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
  }

  @Test
  void run_programCannotBeStarted_isSaid() throws IOException {
    GuardResult.RolledBack back =
        rolledBack(
            () -> {
              throw new IOException("no such program");
            });

    assertThat(back.ended()).isEmpty();
    assertThat(back.problems().getFirst().message()).contains("no such program");
    assertThat(back.saved()).isEmpty();
  }

  @Test
  void run_anotherCommandHoldsTheLock_programIsNotStarted() throws IOException {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    boolean[] ran = {false};
    try (Lease lock = sandbox.otherProcess().transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      assertThatThrownBy(() -> guard(0, () -> ran[0] = true)).isInstanceOf(LockHeldException.class);
    }
    assertThat(ran[0]).isFalse();
  }

  @Test
  void run_whileItRuns_noOtherCommandCanChangeAnything() throws IOException {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    guard(
        0,
        () ->
            assertThatThrownBy(
                    () -> sandbox.otherProcess().updater().backup(Scope.USER, Progress.NONE))
                .isInstanceOf(LockHeldException.class));
  }

  @Test
  void run_secretAmongTheWords_isNotInTheTrail() throws IOException {
    guard(0, () -> {});

    assertThat(sandbox.services().audit().query(EventQuery.ALL))
        .filteredOn(event -> event.content().details().containsKey("command"))
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event.content().details())
                    .containsEntry("command", "./install.sh --token ***"));
  }

  private List<EventStatus> statuses(EventType type) throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL.withType(type)).stream()
        .map(event -> event.content().status())
        .toList();
  }

  protected static void mode(Path file, int mode) throws IOException {
    Files.getFileAttributeView(file, PosixFileAttributeView.class)
        .setPermissions(FileModes.toPermissions(mode));
  }

  protected static void deleteTree(Path top) throws IOException {
    if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(top);
      return;
    }
    try (Stream<Path> all = Files.walk(top)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
