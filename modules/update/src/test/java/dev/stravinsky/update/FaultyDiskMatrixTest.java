package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.UpdateResult.Blocked;
import dev.stravinsky.api.update.UpdateResult.Failed;
import dev.stravinsky.api.update.UpdateResult.LeftAsIs;
import dev.stravinsky.api.update.UpdateResult.RolledBack;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.Credentials;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rows of the error matrix that take a disk which fails as told; see {@link ErrorMatrixTest}.
 */
final class FaultyDiskMatrixTest extends InstalledSandbox {
  private static final long FEW_BYTES = 100;

  private SortedMap<String, String> before;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    Sandbox ours = Sandbox.inMemory();
    var names = ours.faults().getUserPrincipalLookupService();
    try (Stream<Path> all = Files.walk(ours.root())) {
      for (Path each : all.toList()) {
        var view = Files.getFileAttributeView(each, PosixFileAttributeView.class);
        view.setOwner(names.lookupPrincipalByName("tester"));
        view.setGroup(names.lookupPrincipalByGroupName("tester"));
      }
    }
    ours.faults().actAs(new Credentials("tester", "tester"));
    return ours;
  }

  @BeforeEach
  void installFirstRelease() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    before = live();
  }

  @Test
  void diskFull_lessThanTwiceTheNeed_blocks() throws IOException {
    sandbox.faults().pretendFreeBytes(FEW_BYTES);

    Problem problem = assertBlocks(ErrorKind.DISK_FULL);

    assertThat(problem.message()).contains("100 bytes are free");
    assertThat(problem.nextCommand()).hasValueSatisfying(n -> assertThat(n).contains("free disk"));
  }

  @Test
  void diskFull_inTheSwap_isUndone() throws IOException {
    UpdateResult result = updateWith(Errno.ENOSPC, o -> o.kind().takesSpace());

    assertThat(result).isInstanceOf(Failed.class);
    Problem problem = first(((Failed) result).problems(), ErrorKind.DISK_FULL);
    assertThat(problem.unchanged()).contains("your files are as they were");
    assertThat(live()).containsAllEntriesOf(before);
    sandbox.restart();
    sandbox.services().updater().resume(Scope.USER);
    assertThat(live()).as("nor is anything left of it").isEqualTo(before);
  }

  @Test
  void permissionDenied_folderCannotBeWritten_blocks() throws IOException {
    Path hooks = sandbox.claude().resolve("hooks");
    Files.setPosixFilePermissions(hooks, FileModes.toPermissions(0555));
    before = live();

    Problem problem = assertBlocks(ErrorKind.PERMISSION_DENIED);

    assertThat(problem.file()).contains(hooks);
    assertThat(problem.nextCommand()).hasValueSatisfying(n -> assertThat(n).contains("fix its"));
  }

  @Test
  void permissionDenied_fileCannotBeReadAfterTheSwap_isNotRolledBack() throws IOException {
    Path command = sandbox.claude().resolve("commands/review.md");
    UpdateResult result = updateWith(Errno.EACCES, opens(command));

    assertThat(result).isInstanceOf(LeftAsIs.class);
    Problem problem = first(((LeftAsIs) result).problems(), ErrorKind.PERMISSION_DENIED);
    assertThat(((LeftAsIs) result).problems())
        .allMatch(each -> each.kind() == ErrorKind.PERMISSION_DENIED);
    assertThat(problem.unchanged()).hasValueSatisfying(u -> assertThat(u).contains("stays"));
    assertThat(problem.nextCommand())
        .hasValueSatisfying(n -> assertThat(n).contains("fix permissions", "rollback undo"));
    assertThat(command).content().contains("two");
    assertThat(sandbox.services().installed().current(Scope.USER)).isEqualTo(new Version("v2"));
  }

  @Test
  void unknown_fileCannotBeReadAfterTheSwap_isRolledBack() throws IOException {
    AtomicBoolean once = new AtomicBoolean();
    Predicate<FileOperation> first =
        opens(sandbox.claude().resolve("commands/review.md"))
            .and(o -> once.compareAndSet(false, true));

    UpdateResult result = updateWith(Errno.EIO, first);

    assertThat(result).isInstanceOf(RolledBack.class);
    assertThat(first(((RolledBack) result).problems(), ErrorKind.UNKNOWN).located())
        .contains("nput/output error");
    assertThat(live()).isEqualTo(before);
  }

  private static Predicate<FileOperation> opens(Path file) {
    return operation -> operation.kind() == Kind.OPEN && operation.path().equals(file);
  }

  /** What matches fails once all files are live: settings are the last to be swapped. */
  private UpdateResult updateWith(Errno errno, Predicate<FileOperation> matches)
      throws IOException {
    AtomicBoolean swapped = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    sandbox
        .faults()
        .plan(
            operation -> {
              if (operation.kind() == Kind.EXCHANGE
                  && operation.path().toString().contains("settings.json")) {
                swapped.set(true);
              } else if (swapped.get() && matches.test(operation)) {
                failed.set(true);
                return new Verdict.Fail(errno);
              }
              return FaultPlan.NONE.decide(operation);
            });
    UpdateResult result = update(release("v2"), "v2");
    sandbox.faults().plan(FaultPlan.NONE);
    assertThat(failed).as("the fault took place").isTrue();
    return result;
  }

  private Problem assertBlocks(ErrorKind kind) throws IOException {
    UpdateResult result = update(release("v2"), "v2");

    assertThat(result).isInstanceOf(Blocked.class);
    assertThat(live()).isEqualTo(before);
    return first(((Blocked) result).problems(), kind);
  }

  private static Problem first(List<Problem> problems, ErrorKind kind) {
    return problems.stream()
        .filter(problem -> problem.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + problems));
  }
}
