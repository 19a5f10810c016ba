package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is found by its text is what is found by reading. */
class ManifestSearchTest extends BackupContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private static List<Row> rows(Path manifest) throws IOException {
    try (Stream<Row> rows = ManifestReader.rows(manifest)) {
      return rows.toList();
    }
  }

  @Test
  void find_entriesOfAManifestOfManyWindows_areTheSameRows() throws IOException {
    for (int i = 0; i < 700; i++) {
      sandbox.write(
          hooks().resolve("folder" + i % 7).resolve("é".repeat(60) + "\"\\ hook " + i), "" + i);
    }
    Files.createSymbolicLink(hooks().resolve("link"), hooks().resolve("folder1"));
    Path manifest = backUp("v1").directory().resolve("manifest.json");
    assertThat(Files.size(manifest)).isGreaterThan(400_000);

    List<Row> rows = rows(manifest);
    for (int i = 0; i < rows.size(); i += 37) {
      Row row = rows.get(i);
      assertThat(ManifestSearch.find(manifest, row.stored().place())).contains(row);
    }
  }

  @Test
  void find_pathThatOthersBeginWith_isNotFound() throws IOException {
    sandbox.write(hooks().resolve("guard.py"), "a");
    Path manifest = backUp("v1").directory().resolve("manifest.json");
    Item.Place place = new Item.Place("hooks", "global", EntryPath.of("guard"), false);

    assertThat(ManifestSearch.find(manifest, place)).isEmpty();
  }

  @Test
  void entry_manifestWrittenInOtherLines_isFoundAllTheSame() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("{\"path\"", "{ \"path\""));

    assertThat(ManifestSearch.find(manifest, rows(manifest).getFirst().stored().place())).isEmpty();
    assertThat(entry(backup, "guard.py").path()).isEqualTo(EntryPath.of("guard.py"));
  }
}
