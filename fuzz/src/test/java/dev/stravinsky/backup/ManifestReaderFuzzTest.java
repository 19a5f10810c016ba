package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/**
 * Bytes of any kind as the manifest of a backup whose sums all agree: it is refused or read,
 * written again and the same; what stands in the archives is verified and unpacked by it, or called
 * damage.
 */
class ManifestReaderFuzzTest {
  private static final BackupId ID = new BackupId("v1");
  private static Sandbox sandbox;
  private static Path folder;
  private static Path copy;

  @BeforeAll
  static void prepare() throws IOException {
    sandbox = Sandbox.inMemory();
    folder = sandbox.home().backups().resolve(ID.value());
    copy = sandbox.home().directory().resolve("copy.json");
    Files.createDirectories(folder);
    Files.createDirectories(sandbox.home().staging());
    SeedBackup.unpackInto(folder);
  }

  @DictionaryFile(resourcePath = "manifest.dict")
  @FuzzTest
  void manifest(byte[] data) throws IOException {
    Path file = folder.resolve(ManifestWriter.NAME);
    Files.write(file, data);
    try {
      ManifestHead head = ManifestReader.head(file);
      sign(head, data);
      useAll();
      requireSameAgain(file, head);
    } catch (DamagedException | RefusedException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  /** Nobody but the entries themselves can tell then. */
  private static void sign(ManifestHead head, byte[] data) throws IOException {
    String sums = FolderFiles.sums(head.manifest(), Sha256.of(data));
    Files.write(folder.resolve(FolderFiles.SUMS), sums.getBytes(StandardCharsets.UTF_8));
  }

  private static void useAll() throws IOException {
    try (Parallel parallel = Parallel.on(folder)) {
      new Verification(folder, ID, parallel, Progress.NONE)
          .run(Optional.empty(), Optional.of(archive -> member -> true));
    }
    StoredBackup backup = StoredBackup.open(sandbox.services().environment(), folder);
    List<Row> rows;
    try (Stream<Row> all = backup.rows()) {
      rows = all.toList();
    }
    try (Backup.Extraction extraction = backup.extract(rows.stream().map(Row::entry).toList())) {
      assertThat(extraction).isNotNull();
    } finally {
      try (Stream<Path> left = Files.list(sandbox.home().staging())) {
        assertThat(left).isEmpty();
      }
    }
  }

  private static void requireSameAgain(Path file, ManifestHead head) throws IOException {
    Map<String, List<Member>> members = ManifestReader.members(file);
    List<Row> rows;
    try (Stream<Row> all = ManifestReader.rows(file)) {
      rows = all.toList();
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ManifestWriter.write(written, head, members, rows);
    Files.write(copy, written.toByteArray());
    assertThat(ManifestReader.head(copy)).isEqualTo(head);
    assertThat(ManifestReader.members(copy)).isEqualTo(members);
    try (Stream<Row> again = ManifestReader.rows(copy)) {
      assertThat(again).isEqualTo(rows);
    }
  }
}
