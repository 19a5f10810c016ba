package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  void find_othersWithNamesThatAreNoneOrOutOfOrder_isFoundAllTheSame() throws IOException {
    for (int i = 0; i < 700; i++) {
      sandbox.write(hooks().resolve("hook" + i + "x".repeat(200)), "" + i);
    }
    Path manifest = backUp("v1").directory().resolve("manifest.json");
    Item.Place place = rows(manifest).get(600).stored().place();
    String name = place.archivePath();
    String text = Files.readString(manifest);
    for (String other : List.of("%zz", "zzz", "000", "%2")) {
      String damaged =
          text.replaceAll("global/hook(?=\\d+x+\")", "global/" + other)
              .replaceFirst("(?s)(.*\"path\": \")[^\"]*", "$1" + name);
      Files.writeString(manifest, damaged);

      assertThat(ManifestSearch.find(manifest, place)).as(other).isPresent();
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
  void member_ofListsOfManyWindows_areTheSame() throws IOException {
    someFiles();
    Path manifest = backUp("v1").directory().resolve("manifest.json");
    Map<String, List<Member>> lists = new TreeMap<>();
    lists.put("commands.tar.gz", members(1));
    lists.put("hooks.tar.gz", members(3_000));
    ManifestHead head = ManifestReader.head(manifest);
    try (OutputStream out = Files.newOutputStream(manifest)) {
      ManifestWriter.write(out, head, lists, List.of());
    }
    assertThat(Files.size(manifest)).isGreaterThan(500_000);

    for (Map.Entry<String, List<Member>> list : lists.entrySet()) {
      List<Member> members = list.getValue();
      for (int i = 0; i < members.size(); i++) {
        assertThat(ManifestSearch.member(manifest, list.getKey(), i)).contains(members.get(i));
      }
      assertThat(ManifestSearch.member(manifest, list.getKey(), members.size())).isEmpty();
    }
    assertThat(ManifestSearch.member(manifest, "other.tar.gz", 0)).isEmpty();
  }

  private static List<Member> members(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sha256 sum = Sha256.of(new byte[i]);
      members.add(new Member(i * 100L, 100, 10_240, sum, sum));
    }
    return members;
  }

  @Test
  void entry_manifestWrittenInOtherLines_isFoundAllTheSame() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    String other =
        Files.readString(manifest)
            .replace("{\"path\"", "{ \"path\"")
            .replace("{\"offset\"", "{ \"offset\"");
    Files.writeString(manifest, other);

    assertThat(ManifestSearch.find(manifest, rows(manifest).getFirst().stored().place())).isEmpty();
    assertThat(ManifestSearch.member(manifest, "hooks.tar.gz", 0)).isEmpty();
    BackupEntry guard = entry(backup, "guard.py");
    assertThat(guard.path()).isEqualTo(EntryPath.of("guard.py"));
    try (Backup.Extraction unpacked = backup.extract(List.of(guard))) {
      assertThat(unpacked.content(guard)).isPresent();
    }
  }
}
