package dev.stravinsky.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MachineChecksTest {
  private static final long MB = 1_000_000;
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    hook("a.sh", "echo a\n");
    hook("b.sh", "echo b\n");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void diskSpace_plenty_passes() throws Exception {
    sandbox.faults().pretendFreeBytes(1000 * MB);

    assertThat(find("disk-space", context().requiredBytes(MB))).isEmpty();
  }

  @Test
  void diskSpace_lessThanTwiceTheNeed_blocks() throws Exception {
    sandbox.faults().pretendFreeBytes(19 * MB);

    assertThat(find("disk-space", context().requiredBytes(10 * MB)))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.kind() == ErrorKind.DISK_FULL)
        .matches(f -> f.message().contains("19.0 MB are free"));
  }

  @Test
  void diskSpace_lessThanTheThresholdAfterwards_warns() throws Exception {
    sandbox.faults().pretendFreeBytes(105 * MB);

    assertThat(find("disk-space", context().requiredBytes(10 * MB)))
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN);
    assertThat(
            find(
                "disk-space",
                context().requiredBytes(10 * MB).settings(DefaultSettings.withSafety(50, 5))))
        .isEmpty();
  }

  @Test
  void permissions_allAsItShouldBe_passes() throws Exception {
    assertThat(find("permissions", context().changed(List.of(place("a.sh"))))).isEmpty();
  }

  @Test
  void permissions_homeIsAFile_blocks() throws Exception {
    sandbox.write(sandbox.userHome().resolve(".stravinsky"), "in the way");

    assertThat(find("permissions", context()))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK && f.message().contains("not a folder"));
  }

  @Test
  void fileLocks_nobodyElse_passes() throws Exception {
    assertThat(find("file-locks", context().changed(List.of(place("a.sh"), place("new.sh")))))
        .isEmpty();
  }

  @Test
  void fileLocks_lockOfAnotherProgram_blocksTheFileOnly() throws Exception {
    var other = sandbox.otherEnvironment().platform();
    try (var lease = other.tryFlock(hooks().resolve("a.sh"), LockMode.EXCLUSIVE).orElseThrow()) {
      assertThat(lease).isNotNull();
      var impatient = context().settings(DefaultSettings.withSafety(100, 0));
      assertThat(find("file-locks", impatient.changed(List.of(place("a.sh"), place("b.sh")))))
          .singleElement()
          .matches(f -> f.severity() == Severity.BLOCK && f.kind() == ErrorKind.FILE_LOCKED)
          .matches(f -> f.file().orElseThrow().endsWith("a.sh"));
      assertThat(find("file-locks", context()))
          .as("nothing is to be replaced")
          .singleElement()
          .matches(f -> f.severity() == Severity.WARN);
    }
  }

  @Test
  void backupCapacity_noBackups_passes() throws Exception {
    assertThat(find("backup-capacity", context())).isEmpty();
  }

  @Test
  void backupCapacity_placeIsAFile_blocks() throws Exception {
    sandbox.write(sandbox.home().backups(), "in the way");

    assertThat(find("backup-capacity", context()))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK);
  }

  @Test
  void backupCapacity_limitReached_warns() throws Exception {
    byte[] noise = new byte[1_500_000];
    new Random(1).nextBytes(noise);
    sandbox.write(hooks().resolve("noise.bin"), noise, 0644);
    backUp("v1");
    sandbox.settings("{\"backup\": {\"max_total_size_mb\": 2}}");

    assertThat(find("backup-capacity", context().settings(sandbox.services().settings())))
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.message().contains("max_total_size_mb"));
  }

  @Test
  void previousBackups_intact_passes() throws Exception {
    backUp("v1");

    assertThat(find("previous-backups", context())).isEmpty();
  }

  @Test
  void previousBackups_noneIsIntact_blocks() throws Exception {
    damage(backUp("v1"));

    assertThat(find("previous-backups", context()))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.kind() == ErrorKind.CORRUPTED_BACKUP)
        .matches(f -> f.message().contains("v1"));
  }

  @Test
  void previousBackups_newestDamagedInstalledIntact_warns() throws Exception {
    Backup installed = backUp("v1");
    sandbox
        .services()
        .installed()
        .push(
            Scope.USER,
            new VersionChange(
                "tx1",
                Version.UNTRACKED,
                new Version("v1"),
                new BackupId("untracked"),
                installed.id(),
                sandbox.clock().instant()));
    sandbox.clock().advance(Duration.ofDays(1));
    hook("a.sh", "echo changed\n");
    damage(backUp("v2"));

    assertThat(find("previous-backups", context()))
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN && f.message().contains("v2"));
  }

  @Test
  void filesPresent_oneIsMissing_blocks() throws Exception {
    var expected = expected("a.sh", "b.sh");
    assertThat(find("files-present", live(expected))).isEmpty();

    Files.delete(hooks().resolve("a.sh"));
    assertThat(find("files-present", live(expected)))
        .singleElement()
        .matches(f -> f.kind() == ErrorKind.PARTIAL_WRITE)
        .matches(f -> f.file().orElseThrow().endsWith("a.sh"));
  }

  @Test
  void checksumsMatch_contentModeOrTypeDiffer_blocksEach() throws Exception {
    hook("c.sh", "echo c\n");
    var expected = expected("a.sh", "b.sh", "c.sh");
    assertThat(find("checksums-match", live(expected))).isEmpty();

    hook("a.sh", "echo A\n");
    mode(hooks().resolve("b.sh"), 0600);
    Files.delete(hooks().resolve("c.sh"));
    Files.createDirectory(hooks().resolve("c.sh"));
    assertThat(find("checksums-match", live(expected)))
        .extracting(Finding::message)
        .hasSize(3)
        .anyMatch(m -> m.contains("another checksum"))
        .anyMatch(m -> m.contains("mode 0600, expected 0755"))
        .anyMatch(m -> m.contains("is a folder"));
  }

  @Test
  void checksumsMatch_installedThroughALink_comparesItsEnd() throws Exception {
    Path end = sandbox.write(sandbox.userHome().resolve("dotfiles/l.sh"), "echo l\n");
    Files.createSymbolicLink(hooks().resolve("l.sh"), end);
    Map<TargetPath, EntryState> expected =
        Map.of(place("l.sh"), new EntryState.Regular(Sha256.of(bytes("echo l\n")), 7, 0644));

    assertThat(find("checksums-match", live(expected))).isEmpty();
    assertThat(find("version-consistency", live(expected))).isEmpty();
  }

  @Test
  void checksumsMatch_deletedAfterTheCommit_isNoMatter() throws Exception {
    Map<TargetPath, EntryState> expected = Map.of(place("a.sh"), EntryState.ABSENT);

    for (Validator check : MachineChecks.afterUpdate(sandbox.services())) {
      assertThat(check.check(live(expected).build())).as(check.id()).isEmpty();
    }
  }

  @Test
  void versionConsistency_mixtureOfVersions_blocks() throws Exception {
    var expected = expected("a.sh", "b.sh");
    hook("a.sh", "echo old\n");

    assertThat(find("version-consistency", live(expected).installing("v2")))
        .singleElement()
        .matches(f -> f.kind() == ErrorKind.VERSION_MISMATCH)
        .matches(f -> f.message().contains("1 of 2"));
  }

  @Test
  void versionConsistency_somebodyMovedTheVersion_blocks() throws Exception {
    assertThat(find("version-consistency", context().installing("v2"))).isEmpty();
    sandbox
        .services()
        .installed()
        .push(
            Scope.USER,
            new VersionChange(
                "tx1",
                Version.UNTRACKED,
                new Version("v9"),
                new BackupId("untracked"),
                new BackupId("v9"),
                sandbox.clock().instant()));

    assertThat(find("version-consistency", context().installing("v2")))
        .singleElement()
        .matches(f -> f.message().contains("v9"));
  }

  @Test
  void backupChecks_cannotList_sayThatTheyCouldNotCheck() throws Exception {
    backUp("v1");
    sandbox.restart();
    sandbox
        .faults()
        .plan(FaultPlan.failWhere(operation -> operation.kind() == Kind.LIST, Errno.EIO));

    for (String id : List.of("previous-backups", "backup-capacity")) {
      var context = CheckContexts.in(sandbox);
      assertThatThrownBy(() -> find(id, context)).isInstanceOf(CouldNotCheckException.class);
    }
    sandbox.faults().plan(FaultPlan.NONE);
  }

  private List<Finding> find(String id, CheckContexts context) throws Exception {
    CheckContext built = context.build();
    return all().filter(v -> v.id().equals(id)).findFirst().orElseThrow().check(built);
  }

  private Stream<Validator> all() {
    return Stream.concat(
        MachineChecks.beforeUpdate(sandbox.services()).stream(),
        MachineChecks.afterUpdate(sandbox.services()).stream());
  }

  private CheckContexts context() throws IOException {
    return CheckContexts.in(sandbox).liveClaude();
  }

  private CheckContexts live(Map<TargetPath, EntryState> expected) throws IOException {
    return context().phase(Phase.POST_UPDATE).expected(expected);
  }

  private Map<TargetPath, EntryState> expected(String... names) throws IOException {
    Map<TargetPath, EntryState> expected = new HashMap<>();
    for (String name : names) {
      expected.put(place(name), EntryStates.of(hooks().resolve(name)));
    }
    return expected;
  }

  private TargetPath place(String name) throws IOException {
    var target = context().build().target("hooks", Scope.USER).orElseThrow().target();
    return new TargetPath(target, EntryPath.of(name));
  }

  private Backup backUp(String version) throws IOException {
    List<TargetView> views = context().build().targets();
    return sandbox
        .services()
        .backups()
        .create(
            new BackupRequest(
                Scope.USER,
                new Version(version),
                BackupReason.MANUAL,
                views,
                Optional.empty(),
                false),
            Progress.NONE);
  }

  private static void damage(Backup backup) throws IOException {
    Path archive = backup.directory().resolve("hooks.tar.gz");
    byte[] content = Files.readAllBytes(archive);
    content[content.length / 2] ^= 0x55;
    Files.write(archive, content);
  }

  private Path hooks() {
    return sandbox.claude().resolve("hooks");
  }

  private void hook(String name, String content) throws IOException {
    sandbox.write(hooks().resolve(name), bytes(content), 0755);
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setPosixFilePermissions(path, FileModes.toPermissions(mode));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
