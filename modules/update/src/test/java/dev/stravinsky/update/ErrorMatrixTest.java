package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.UpdateResult.Blocked;
import dev.stravinsky.api.update.UpdateResult.LeftAsIs;
import dev.stravinsky.api.update.UpdateResult.RolledBack;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.update.DisturbedPlatform.Disturbance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The error matrix, a row a test: the error is provoked on the real disk, by what would really
 * bring it about, once before the swap, where it blocks, and once after it, where the row decides.
 * Errors that a real disk does not give when asked are in {@link FaultyDiskMatrixTest}.
 */
final class ErrorMatrixTest extends InstalledSandbox {
  private static final String UNCHECKED =
      "{\"update\": {\"pre_update_checks_enabled\": false}, \"safety\": {\"lock_timeout_seconds\": 0}}";

  private SortedMap<String, String> before;
  private byte[] original;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @BeforeEach
  void installFirstRelease() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    before = live();
    original = Files.readAllBytes(releasedHook());
  }

  @Test
  void everyRow_always_hasATest() {
    List<String> tests =
        Arrays.stream(new Class<?>[] {ErrorMatrixTest.class, FaultyDiskMatrixTest.class})
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(method -> method.getName().replaceAll("_.*", ""))
            .toList();

    for (ErrorKind kind : ErrorKind.values()) {
      String words = kind.name().toLowerCase(Locale.ROOT).replace("_", "");
      assertThat(tests).as("%s", kind).anyMatch(t -> t.toLowerCase(Locale.ROOT).equals(words));
    }
  }

  @Test
  void parseError_brokenHook_blocksAndIsRolledBack() throws IOException {
    byte[] unclosed = "#!/bin/sh\nif true; then\n".getBytes(StandardCharsets.UTF_8);
    sandbox.write(release("v2").resolve("hooks/guard.sh"), unclosed, 0755);

    assertBlocks(ErrorKind.PARSE_ERROR, "guard.sh:3", "/v2 --version v2 --dry-run --explain");
    sandbox.settings(UNCHECKED);
    assertRollsBack(ErrorKind.PARSE_ERROR);
  }

  @Test
  void schemaError_numberInEnv_blocksAndIsRolledBack() throws IOException {
    sandbox.write(release("v2").resolve("settings.json"), "{\n  \"env\": {\"PORT\": 8080}\n}\n");

    assertBlocks(ErrorKind.SCHEMA_ERROR, "settings.json:2", "--dry-run --explain");
    sandbox.settings(UNCHECKED);
    assertRollsBack(ErrorKind.SCHEMA_ERROR);
  }

  @Test
  void dependencyMissing_settingsNameNoHook_blocksAndIsRolledBack() throws IOException {
    Files.delete(release("v2").resolve("hooks/guard.sh"));

    assertBlocks(ErrorKind.DEPENDENCY_MISSING, "guard.sh", "bring the script");
    sandbox.settings(UNCHECKED);
    assertRollsBack(ErrorKind.DEPENDENCY_MISSING);
  }

  @Test
  void diskFull_noSpaceForACheck_isRolledBackAndSaysToFreeSpace() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    afterSwap(
        "needs-space.sh",
        "echo x 2>/dev/null >/dev/full ||",
        "  echo '{\"severity\":\"BLOCK\",\"kind\":\"DISK_FULL\",\"message\":\"no space left\"}'");

    Problem problem = assertRollsBack(ErrorKind.DISK_FULL);

    assertThat(problem.nextCommand()).hasValueSatisfying(n -> assertThat(n).contains("free disk"));
  }

  @Test
  void corruptedBackup_flippedByte_blocksAndIsNotRolledBack() throws IOException {
    Path archive = sandbox.home().backups().resolve("v1/hooks.tar.gz");
    byte[] content = Files.readAllBytes(archive);
    content[content.length / 2] ^= 0x55;
    Files.write(archive, content);

    assertBlocks(ErrorKind.CORRUPTED_BACKUP, "v1", "stravinsky backup verify");
    sandbox.settings(UNCHECKED);
    afterSwap(
        "sums.sh",
        "cd '" + archive.getParent() + "' && sha256sum -c --quiet SHA256SUMS >/dev/null 2>&1 ||",
        "  echo '{\"severity\":\"BLOCK\",\"kind\":\"CORRUPTED_BACKUP\",\"message\":\"bad sums\"}'");
    assertStays(update(release("v2"), "v2"), ErrorKind.CORRUPTED_BACKUP, "use older backup");
  }

  @Test
  void fileLocked_anotherProcessHoldsIt_blocksAndIsNotRolledBack() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "no flock(1) here");
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    try (LockHolder holder = LockHolder.of(releasedHook())) {
      assertBlocks(ErrorKind.FILE_LOCKED, "process " + holder.processId(), "close the program");
    }
    afterSwap(
        "locks.sh",
        "flock -n '" + releasedHook() + "' true ||",
        "  echo '{\"severity\":\"BLOCK\",\"kind\":\"FILE_LOCKED\",\"message\":\"in use\"}'");
    LockHolder[] late = new LockHolder[1];
    try {
      UpdateResult result = updateWhile(() -> late[0] = LockHolder.of(releasedHook()));
      assertStays(result, ErrorKind.FILE_LOCKED, "close app using file");
    } finally {
      late[0].close();
    }
  }

  @Test
  void partialWrite_modeIsAnother_isRolledBack() throws Exception {
    UpdateResult result =
        updateWhile(
            () -> Files.setPosixFilePermissions(releasedHook(), FileModes.toPermissions(0600)));

    assertRolledBack(result, ErrorKind.PARTIAL_WRITE);
  }

  @Test
  void partialWrite_contentIsAnother_isRolledBackButForThatFile() throws Exception {
    byte[] cutOff = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
    UpdateResult result = updateWhile(() -> sandbox.write(releasedHook(), cutOff, 0755));

    assertThat(releasedHook()).as("nobody's write is overwritten").hasBinaryContent(cutOff);
    Files.write(releasedHook(), original);
    assertRolledBack(result, ErrorKind.PARTIAL_WRITE);
  }

  @Test
  void partialWrite_fileIsGone_isRolledBack() throws Exception {
    Path added = sandbox.claude().resolve("hooks/only-in-v2.sh");

    assertRolledBack(updateWhile(() -> Files.delete(added)), ErrorKind.PARTIAL_WRITE);
  }

  @Test
  void versionMismatch_somebodyMovedTheVersion_isRolledBack() throws Exception {
    Services other = sandbox.otherProcess();
    UpdateResult result =
        updateWhile(
            () ->
                other
                    .installed()
                    .push(
                        Scope.USER,
                        new VersionChange(
                            "tx-of-another",
                            new Version("v1"),
                            new Version("v9"),
                            new BackupId("v1"),
                            new BackupId("v1"),
                            sandbox.clock().instant())));

    assertRolledBack(result, ErrorKind.VERSION_MISMATCH);
  }

  @Test
  void unknown_checkCrashes_blocks() throws IOException {
    script("crashes.sh", "kill -SEGV $$");

    assertBlocks(ErrorKind.UNKNOWN, "crashes", "--accept checks.d/crashes");
  }

  private void assertBlocks(ErrorKind kind, String said, String action) throws IOException {
    UpdateResult result = update(release("v2"), "v2");

    assertThat(result).isInstanceOf(Blocked.class);
    Problem problem = first(((Blocked) result).problems(), kind);
    assertThat(problem.located()).contains(said);
    assertThat(problem.nextCommand()).hasValueSatisfying(n -> assertThat(n).contains(action));
    assertThat(live()).isEqualTo(before);
  }

  private Problem assertRollsBack(ErrorKind kind) throws IOException {
    return assertRolledBack(update(release("v2"), "v2"), kind);
  }

  private Problem assertRolledBack(UpdateResult result, ErrorKind kind) throws IOException {
    assertThat(kind.rollsBack()).as("the row").isTrue();
    assertThat(result).isInstanceOf(RolledBack.class);
    assertThat(live()).isEqualTo(before);
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
    return first(((RolledBack) result).problems(), kind);
  }

  private void assertStays(UpdateResult result, ErrorKind kind, String action) throws IOException {
    assertThat(kind.rollsBack()).as("the row").isFalse();
    assertThat(result).isInstanceOf(LeftAsIs.class);
    Problem problem = first(((LeftAsIs) result).problems(), kind);
    assertThat(problem.unchanged()).hasValueSatisfying(u -> assertThat(u).contains("stays"));
    assertThat(problem.nextCommand())
        .hasValueSatisfying(n -> assertThat(n).contains(action, "rollback undo"));
    assertThat(releasedHook()).content().contains("two");
    sandbox.restart();
    assertThat(sandbox.services().installed().current(Scope.USER)).isEqualTo(new Version("v2"));
  }

  private static Problem first(List<Problem> problems, ErrorKind kind) {
    return problems.stream()
        .filter(problem -> problem.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + problems));
  }

  private void afterSwap(String name, String... lines) throws IOException {
    script(name, "[ \"$CHECK_PHASE\" = POST_UPDATE ] || exit 0\n" + String.join("\n", lines));
  }

  private void script(String name, String content) throws IOException {
    byte[] script = ("#!/bin/sh\n" + content + "\n").getBytes(StandardCharsets.UTF_8);
    sandbox.write(sandbox.environment().checksDirectory().resolve(name), script, 0755);
  }

  /** What somebody else does when all files are live and nothing is verified yet. */
  @FunctionalInterface
  private interface Deed {
    void takesPlace() throws Exception;
  }

  private UpdateResult updateWhile(Deed deed) throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    Disturbance afterTheLastSwap =
        new Disturbance() {
          @Override
          public void after(String call, List<Object> arguments) throws Exception {
            boolean last = arguments.toString().contains("settings.json");
            if (call.equals("exchange") && last && done.compareAndSet(false, true)) {
              deed.takesPlace();
            }
          }
        };
    try (Services services =
        Services.in(DisturbedPlatform.in(sandbox.environment(), afterTheLastSwap))) {
      return services.updater().update(request(release("v2"), "v2", false), Progress.NONE);
    } finally {
      assertThat(done).as("the deed was done").isTrue();
    }
  }
}
