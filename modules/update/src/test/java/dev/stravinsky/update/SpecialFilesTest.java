package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Cause;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.api.update.GuardResult;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pipes and sockets among the files: whoever opens a pipe that nobody writes to waits for ever, so
 * that each test would end by its time limit.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesTest extends InstalledSandbox {
  private Path pipe;
  private Path socket;
  private ServerSocketChannel server;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @BeforeEach
  void installAndListen() throws IOException, InterruptedException {
    update(firstRelease(), "v1");
    writeOwnHook();
    pipe = pipe("hooks/deep/events");
    socket = sandbox.claude().resolve("commands/s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void stopListening() throws IOException {
    server.close();
  }

  private Path pipe(String path) throws IOException, InterruptedException {
    Path made = sandbox.claude().resolve(path);
    Process process = new ProcessBuilder("mkfifo", made.toString()).inheritIO().start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0).isTrue();
    return made;
  }

  private static boolean isSpecial(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  @Test
  void backup_pipeAndSocket_areNamedAndTheRestIsKept() throws IOException {
    List<Path> notKept = new ArrayList<>();
    Backup backup = sandbox.services().updater().backup(Scope.USER, Progress.NONE, notKept::add);
    assertThat(notKept).containsExactlyInAnyOrder(pipe, socket);
    try (Stream<BackupEntry> entries = backup.entries()) {
      assertThat(entries.map(entry -> entry.path().readable()))
          .contains("own.sh", "guard.sh", "deep/only-in-v1.sh")
          .doesNotContain("deep/events", "s");
    }
  }

  @Test
  void update_pipeAndSocketAmongTheFiles_stayAsTheyAre() throws IOException {
    assertThat(update(secondRelease(), "v2")).isInstanceOf(UpdateResult.Updated.class);
    assertThat(releasedHook()).content().contains("two");
    assertThat(isSpecial(pipe)).isTrue();
    assertThat(isSpecial(socket)).isTrue();
    assertThat(pipe.resolveSibling("only-in-v1.sh")).doesNotExist();
  }

  @Test
  void update_releaseHasAFileOfThatName_setsItAside() throws IOException {
    Path release = secondRelease();
    hook(release, "deep/events", "two");
    UpdateResult result = update(release, "v2");
    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Updated.class,
            updated ->
                assertThat(updated.plan().decisions())
                    .filteredOn(d -> d.outcome() == Outcome.CONFLICT)
                    .singleElement()
                    .satisfies(
                        d -> assertThat(d.place().path().readable()).isEqualTo("deep/events")));
    assertThat(isSpecial(pipe)).isTrue();
  }

  @Test
  void rollbackExact_pipeInAFolderThatTheBackupLacks_bothStay() throws IOException {
    RollbackResult result =
        sandbox
            .services()
            .updater()
            .rollbackTo(
                "untracked", new RollbackRequest(Scope.USER, true, true, false), Progress.NONE);
    assertThat(result).isInstanceOf(RollbackResult.Done.class);
    assertThat(isSpecial(pipe)).isTrue();
    assertThat(releasedHook()).doesNotExist();
    assertThat(ownHook()).doesNotExist();
  }

  @Test
  void guard_pipeWasThereBefore_isNoFaultOfTheProgram() throws IOException {
    assertThat(guarded(() -> {})).isInstanceOf(GuardResult.Done.class);
    assertThat(isSpecial(pipe)).isTrue();
  }

  @Test
  void guard_programMakesAnotherPipe_isRolledBackAndThePipeNamed() throws IOException {
    GuardResult result =
        guarded(
            () -> {
              Files.delete(ownHook());
              try {
                pipe("hooks/new");
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    assertThat(result)
        .isInstanceOfSatisfying(
            GuardResult.RolledBack.class,
            back ->
                assertThat(back.problems())
                    .anySatisfy(
                        p ->
                            assertThat(p.file()).contains(pipe.getParent().resolveSibling("new"))));
    assertThat(ownHook()).exists();
    assertThat(isSpecial(pipe)).isTrue();
  }

  /** What the program does. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private GuardResult guarded(Work work) throws IOException {
    GuardRequest request =
        new GuardRequest(
            Scope.USER,
            List.of("./install.sh"),
            variables -> {
              work.run();
              return new Ended(0, Cause.ITSELF);
            },
            Set.of(),
            true,
            text -> text);
    return sandbox.services().guard().run(request, Progress.NONE);
  }
}
