package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file is read, whatever its time says, and none is read twice. */
class ReadOnceTest extends BackupContract {
  private static final int FILES = 300;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private Path hook(int number) {
    return hooks().resolve("folder" + number % 5).resolve("hook" + number + ".py");
  }

  private void manyFiles() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[i % 50 == 0 ? 100_000 : random.nextInt(3_000)];
      random.nextBytes(content);
      sandbox.write(hook(i), content, 0644);
    }
  }

  /** Changes a byte; the length, and as far as one can tell the time, stay as they are. */
  private void changeSilently(int number) throws IOException {
    byte[] content = Files.readAllBytes(hook(number));
    content[content.length / 2] ^= 1;
    var time = Files.getLastModifiedTime(hook(number));
    Files.write(hook(number), content);
    Files.setLastModifiedTime(hook(number), time);
  }

  /** What a backup does. */
  private List<FileOperation> traced() throws IOException {
    sandbox.faults().trace(true);
    backUp("v1");
    List<FileOperation> traced = sandbox.faults().traced();
    sandbox.faults().trace(false);
    return traced;
  }

  /** How often each live file is opened by a backup. */
  private Map<Path, Long> opened() throws IOException {
    return opened(traced());
  }

  private Map<Path, Long> opened(List<FileOperation> traced) {
    return traced.stream()
        .filter(o -> o.kind() == Kind.OPEN && o.path().startsWith(hooks()))
        .filter(o -> !Files.isDirectory(o.path()))
        .collect(Collectors.groupingBy(FileOperation::path, Collectors.counting()));
  }

  private void assertEachOnce(Map<Path, Long> opened) {
    assertThat(opened).hasSize(FILES);
    assertThat(opened.values()).containsOnly(1L);
  }

  @Test
  void create_first_readsEachFileOnce() throws IOException {
    manyFiles();

    assertEachOnce(opened());
  }

  @Test
  void create_oneInAHundredChangedInContentAlone_readsEachFileOnce() throws IOException {
    manyFiles();
    backUp("v1");
    for (int changed : List.of(7, 100, 299)) {
      changeSilently(changed);
    }

    assertEachOnce(opened());
    assertThat(store().list(Scope.USER)).hasSize(2);
  }

  @Test
  void create_nothingChanged_readsEachFileOnceAndWritesNothing() throws IOException {
    manyFiles();
    Backup first = backUp("v1");

    List<FileOperation> traced = traced();

    assertEachOnce(opened(traced));
    assertThat(traced).noneMatch(o -> o.kind().takesSpace());
    assertThat(store().list(Scope.USER)).extracting(Backup::id).containsExactly(first.id());
  }

  @Test
  void create_onlyATimeChanged_isTheSameContent() throws IOException {
    manyFiles();
    Backup first = backUp("v1");
    sandbox.clock().advance(java.time.Duration.ofDays(1));
    Files.setLastModifiedTime(
        hook(3), java.nio.file.attribute.FileTime.from(sandbox.clock().instant()));

    assertEachOnce(opened());

    assertThat(store().list(Scope.USER)).extracting(Backup::id).containsExactly(first.id());
    try (Stream<Path> folders = Files.list(sandbox.home().backups())) {
      assertThat(folders.map(f -> f.getFileName().toString())).containsExactly("v1");
    }
  }

  @Test
  void create_memberToBeCopiedIsDamaged_isPackedAnew() throws IOException {
    manyFiles();
    Backup first = backUp("v1");
    damage(first);
    changeSilently(299);

    Backup second = backUp("v1");

    assertThat(second.id().value()).isEqualTo("v1@2");
    assertThat(store().compare(second, views())).isEmpty();
    assertThat(
            store()
                .verify(
                    second,
                    new dev.stravinsky.api.backup.BackupStore.Depth.Unpacked(),
                    dev.stravinsky.api.Progress.NONE)
                .damage())
        .isEmpty();
  }

  @Test
  void create_olderOnesDeleted_newestRestoresEverything() throws IOException {
    manyFiles();
    Backup first = backUp("v1");
    for (int changed : List.of(7, 100, 299)) {
      changeSilently(changed);
    }
    Backup second = backUp("v2");
    try (Stream<Path> files = Files.list(first.directory())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(first.directory());

    try (Backup.Extraction extraction = second.extract(entries(second))) {
      for (int i = 0; i < FILES; i++) {
        Path content =
            extraction.content(entry(second, "folder" + i % 5 + "/hook" + i + ".py")).orElseThrow();
        assertThat(content).hasSameBinaryContentAs(hook(i));
      }
    }
  }

  @Test
  void create_oneFileChanged_packsAnewOnlyWhatStandsBesideIt() throws IOException {
    manyFiles();
    Map<dev.stravinsky.api.Sha256, Member> before = members(backUp("v1"));
    changeSilently(7);

    Map<dev.stravinsky.api.Sha256, Member> fresh = members(backUp("v1"));
    fresh.keySet().removeAll(before.keySet());

    long all = before.values().stream().mapToLong(Member::rawBytes).sum();
    assertThat(fresh).hasSize(1);
    assertThat(fresh.values().iterator().next().rawBytes()).isLessThan(all / 3);
  }

  private static Map<dev.stravinsky.api.Sha256, Member> members(Backup backup) throws IOException {
    return ManifestReader.members(backup.directory().resolve("manifest.json"))
        .get("hooks.tar.gz")
        .stream()
        .collect(Collectors.toMap(Member::stored, m -> m, (a, b) -> a));
  }
}
