package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.ForgedBackup;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Manifests that somebody made up, with sums that all agree: whatever is read of them ends in a
 * sentence that names the place, and before it costs memory or time.
 */
class HostileManifestTest extends BackupContract {
  private static final String GUARD = "\"path\": \"hooks/global/guard.py\"";
  private Path folder;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory().settings("{\"audit\": {\"enable_audit_logging\": false}}");
  }

  private void forge(UnaryOperator<String> change) throws IOException {
    someFiles();
    folder = backUp("v1").directory();
    ForgedBackup.edit(folder, change);
  }

  private void forge(String regex, String replacement) throws IOException {
    forge(text -> text.replaceFirst(regex, replacement));
  }

  /** No way of reading it gives anything but damage that says this. */
  private void assertRefused(String... said) throws IOException {
    List<Backup> listed = store().list(Scope.USER);
    if (listed.isEmpty()) {
      String told = store().unreadable(Scope.USER).toString();
      assertThat(told).contains(said).contains("manifest.json");
      return;
    }
    Backup backup = listed.getFirst();
    List<Problem> damage = store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage();
    assertThat(damage.toString()).contains(said);
    try (Backup.Extraction whole = backup.extract(entries(backup))) {
      // Each content was compared with its checksum; what is wrong lies beside them.
      assertThat(said[0]).containsAnyOf("gaps", "of its", "more than");
    } catch (DamagedException e) {
      assertThat(e.problems()).isNotEmpty();
    }
    if (Files.exists(sandbox.home().staging())) {
      assertThat(sandbox.home().staging()).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks/global/../../evil",
        "hooks/global/%2E%2E/evil",
        "hooks/global//etc/evil",
        "/etc/evil",
        "hooks/global/.",
        "hooks/elsewhere/evil",
        "../global/evil",
        "%2E%2E/global/evil",
        "hooks/global/",
        "hooks/global/a%00b",
        "hooks/global/%zz",
        "hooks/global/%F",
        "hooks/global/guard%2Epy",
        "hooks/global/.stravinsky-tx/new",
        "hooks/project/evil",
        "other/global/evil",
        "hooks/global/lib",
      })
  void entry_withSuchAPath_isRefusedByName(String path) throws IOException {
    forge(GUARD, "\"path\": \"" + path + "\"");

    assertRefused(path.substring(path.lastIndexOf('/') + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mode\": \"0755\"         | \"mode\": \"-755\"                | not a mode",
        "\"size\": \\d+             | \"size\": -1                      | impossible size",
        "\"at\": \\d+               | \"at\": -1                        | impossible size",
        "\"at\": \\d+               | \"at\": 9223372036854775807       | another checksum",
        "\"size\": \\d+             | \"size\": 9223372036854775807     | has to be there",
        "\"member\": 0              | \"member\": 2147483647            | behind its end",
        "\"member\": 0              | \"member\": 2147483648            | overflow",
        "\"member\": 0              | \"member\": -1                    | impossible size",
        "\"type\": \"file\"         | \"type\": \"device\"              | device",
        "\"type\": \"file\"         | \"type\": \"hardlink\"            | leads nowhere",
        "\"type\": \"directory\"    | \"type\": \"link\"                | canonical encoding",
        "\"mtime\": \"[^\"]*\"      | \"mtime\": \"soon\"               | soon",
        "\"offset\": 0              | \"offset\": -1                    | impossible size",
        "\"offset\": 0              | \"offset\": 5                     | gaps or overlap",
        "\"offset\": \\d\\d+        | \"offset\": 0                     | gaps or overlap",
        "\"offset\": 0              | \"offset\": 9223372036854775807   | impossible size",
        "\"raw_bytes\": \\d+        | \"raw_bytes\": 0                  | impossible size",
        "\"raw_bytes\": \\d+        | \"raw_bytes\": 67108865           | a group of",
        "\"raw_bytes\": \\d+        | \"raw_bytes\": 4096000            | less than it should",
        "\"raw_bytes\": \\d+        | \"raw_bytes\": 512                | more than",
        "\"files_count\": \\d+      | \"files_count\": -1               | impossible size",
        "\"files_count\": \\d+      | \"files_count\": 1000000          | the most is 500000",
        "\"files_count\": 3         | \"files_count\": 2                | more entries than",
        "\"files_count\": 3         | \"files_count\": 4                | 3 of its 4 entries",
        "\"size_bytes\": \\d+       | \"size_bytes\": -1                | impossible size",
        "\"size_bytes\": \\d+       | \"size_bytes\": 1e400             | not VALUE_NUMBER_INT",
        "\"path\": \"hooks.tar.gz\" | \"path\": \"../hooks.tar.gz\"     | ../hooks.tar.gz",
        "\"path\": \"hooks.tar.gz\" | \"path\": \"RESTORE.txt\"         | twice",
        "\"path\": \"hooks.tar.gz\" | \"path\": \"manifest.json\"       | twice",
        "\"format\": 1              | \"format\": 0                     | no format 0",
        "\"format\": 1              | \"formal\": 1                     | no format",
        "\"id\": \"v1\"             | \"id\": \"v2\"                    | of backup v2",
        "\"scope\": \"user\"        | \"scope\": \"project:etc\"        | scope",
        "\"uri\": \"file:///        | \"uri\": \"file:///../            | ..",
      })
  void value_thatCannotBe_isRefused(String regex, String forged, String said) throws IOException {
    forge(regex, forged.replace("\\", "\\\\"));

    assertRefused(said);
  }

  @Test
  void entry_outOfOrder_isRefused() throws IOException {
    forge(GUARD, "\"path\": \"hooks/global/zzz\"");

    assertRefused("an entry out of order: hooks/global/lib");
  }

  @Test
  void entry_isALinkAndAnotherIsBelowIt_isRefused() throws IOException {
    forge(
        "\"hooks/global/lib\", \"type\": \"directory\", \"mode\": \"\\d+\"",
        "\"hooks/global/lib\", \"type\": \"link\", \"link\": \"/etc\"");

    assertRefused("below something that is no directory", "lib/common.py");
  }

  @Test
  void entries_aMillionOfThem_endAtTheFirstTooMany() throws IOException {
    forge(
        text -> {
          int end = text.indexOf("\"entries\": [") + "\"entries\": [".length();
          StringBuilder more = new StringBuilder(text.substring(0, end));
          for (int i = 0; i < 10; i++) {
            more.append(ENTRY.replace("NAME", "a" + i)).append(",\n");
          }
          return more + "and here no entry begins";
        });

    assertRefused("more entries than the archive has, from this one on: hooks/global/a3");
  }

  @Test
  void create_moreThanCanBeReadBack_isRefusedBeforeAnythingIsWritten() throws IOException {
    Path file = sandbox.write(hooks().resolve("guard.py"), "x");
    List<TargetView.Node> nodes = new ArrayList<>();
    for (int i = 0; i <= EntryRules.MAX_ENTRIES; i++) {
      EntryPath path = new EntryPath("n" + i);
      nodes.add(new TargetView.Node(path, file, Optional.empty(), Origin.USER));
    }
    TargetView view = new TargetView(hooksTarget(), nodes);

    assertThatThrownBy(
            () ->
                store()
                    .create(
                        request(Scope.USER, "v1", BackupReason.MANUAL, List.of(view)),
                        Progress.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("500001 files")
        .hasMessageContaining(hooks().toString());
    assertThat(store().list(Scope.USER)).isEmpty();
  }

  @Test
  void members_aMillionOfThem_endAtTheFirstTooMany() throws IOException {
    forge(
        text -> {
          int start = text.indexOf("\"members\": {\"hooks.tar.gz\": [") + 29;
          int end = text.indexOf("}", start) + 1;
          String member = text.substring(start, end);
          return text.substring(0, start) + (member + ",").repeat(20) + text.substring(start);
        });

    assertRefused("more than the 7 members");
  }

  @Test
  void nesting_withoutEnd_isRefused() throws IOException {
    forge(text -> text.replaceFirst("\\{", "{\"a\": " + "[".repeat(100_000)));

    assertRefused("nesting depth");
  }

  @Test
  void bytes_thatAreNoUtf8_areDamageAndNoFailureOfTheDisk() throws IOException {
    someFiles();
    folder = backUp("v1").directory();
    byte[] utf32 = "{\"format\": 1}".getBytes(java.nio.charset.Charset.forName("UTF-32BE"));
    Files.write(folder.resolve("manifest.json"), utf32);
    assertRefused("cannot be read");

    byte[] broken = "{\"format\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("manifest.json"), broken);
    assertRefused("cannot be read");
  }

  private static final String ENTRY =
      "{\"path\": \"hooks/global/NAME\", \"type\": \"directory\", \"mode\": \"0755\","
          + " \"mtime\": \"2026-01-08T12:00:00Z\", \"member\": 0, \"origin\": \"user\"}";
}
