package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.backup.TextDifference.Kind;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is odd about a backup goes by as "ok". */
class VerifyDoubtsTest extends BackupContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private VerificationReport verify(Backup backup) throws IOException {
    return store().verify(backup, new Depth.Stored(), Progress.NONE);
  }

  @Test
  void verify_nothingOdd_hasNoRemark() throws IOException {
    someFiles();

    VerificationReport report = verify(backUp("v1"));

    assertThat(report.intact()).isTrue();
    assertThat(report.remarks()).isEmpty();
    assertThat(store().missing(Scope.USER)).isEmpty();
  }

  @Test
  void verify_fileThatIsNotTheBackups_isNamedAndNoDamage() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    sandbox.write(backup.directory().resolve("notes.txt"), "mine");

    assertThat(verify(backup).intact()).isTrue();
    assertThat(verify(backup).remarks().toString()).contains("notes.txt", "no file of the backup");
  }

  @Test
  void verify_backupThatTheTrailDoesNotKnow_isNamed() throws IOException {
    someFiles();
    sandbox.settings("{\"audit\": {\"enable_audit_logging\": false}}");
    backUp("v1");
    sandbox.settings("{}").restart();

    Backup backup = store().list(Scope.USER).getFirst();
    assertThat(verify(backup).remarks().toString()).contains("the trail does not know it");
    assertThat(store().isVouchedFor(backup)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks.tar.gz", "manifest.json", "SHA256SUMS", "RESTORE.txt"})
  void verify_linkInPlaceOfAFile_isDamage(String name) throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path moved = sandbox.userHome().resolve("elsewhere");
    Files.move(backup.directory().resolve(name), moved);
    Files.createSymbolicLink(backup.directory().resolve(name), moved);

    assertThat(verify(backup).damage().toString()).contains(name, "not a file of its own");
  }

  @Test
  void missing_folderDeletedByHand_isNamedUntilItIsNoted() throws IOException {
    someFiles();
    Path folder = backUp("v1").directory();
    FileWrites.deleteTree(folder);

    assertThat(store().missing(Scope.USER).toString()).contains(folder.toString(), "not there");
    assertThat(store().missing(Scope.project(sandbox.project()))).isEmpty();

    store().noteMissing(Scope.USER);
    assertThat(store().missing(Scope.USER)).isEmpty();
    assertThat(backUp("v1").id().value()).isEqualTo("v1");
    assertThat(store().missing(Scope.USER)).isEmpty();
  }

  @Test
  void missing_deletedByCleanupOrInQuarantine_isNotNamed() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "2");
    Backup second = backUp("v2");
    sandbox.write(hooks().resolve("guard.py"), "3");
    backUp("v3");
    damage(second);
    store().quarantine(second, verify(second));
    store().cleanUp(store().planCleanup(Scope.USER, OptionalInt.of(1)));

    assertThat(store().list(Scope.USER)).hasSize(1);
    assertThat(store().missing(Scope.USER)).isEmpty();
  }

  @Test
  void missing_deletionCutOffBeforeTheTrailHeardOfIt_isToldByTheNextCommand() throws IOException {
    someFiles();
    Path folder = backUp("v1").directory();
    Files.move(folder, folder.resolveSibling(".deleting-v1-id9"));

    assertThat(store().missing(Scope.USER)).isEmpty();
    store().sweep(java.util.Set.of());

    assertThat(folder.resolveSibling(".deleting-v1-id9")).doesNotExist();
    assertThat(store().missing(Scope.USER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"v0.3.9,v0.3.8", "0.3.8,v0.3.8", "V0.3.8,v0.3.8", "v0.38,v0.3.8"})
  void resolve_nearMiss_isSuggested(String typed, String meant) throws IOException {
    someFiles();
    backUp("v0.3.8");

    assertThatThrownBy(() -> store().resolve(Scope.USER, typed))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("did you mean " + meant + "?");
  }

  @Test
  void resolve_firstOfSeveral_isNamedByItsNumber() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "2");
    backUp("v1");

    assertThat(store().resolve(Scope.USER, "v1").id().value()).isEqualTo("v1@2");
    assertThat(store().resolve(Scope.USER, "v1@1").id().value()).isEqualTo("v1");
  }

  @Test
  void verify_sampleOfASmallBackup_isNotNothing() throws IOException {
    someFiles();
    Backup backup = backUp("v1");

    assertThat(store().verify(backup, new Depth.Sample(1), Progress.NONE).entriesUnpacked())
        .isPositive();
  }

  @Test
  void texts_ofEachKind_areShownAsFarAsTheyCanBe() throws IOException {
    someFiles();
    sandbox.write(hooks().resolve("gone.sh"), "exit 1\n");
    sandbox.write(hooks().resolve("binary"), new byte[] {0, 1}, 0644);
    sandbox.write(hooks().resolve("secret"), "token=abc\n");
    Backup first = backUp("v1");
    Files.delete(hooks().resolve("gone.sh"));
    sandbox.write(hooks().resolve("binary"), new byte[] {0, 2}, 0644);
    sandbox.write(hooks().resolve("secret"), "token=xyz\n");
    sandbox.write(hooks().resolve("large"), new byte[2_000_000], 0644);
    sandbox.write(hooks().resolve("new.sh"), "exit 0".getBytes(), 0755);
    sandbox.write(hooks().resolve("guard.py"), "print('other')\n".getBytes(), 0755);

    List<Difference> live = store().compare(first, Targets.live(List.of(hooksTarget())));
    Map<String, TextDifference> found =
        texts(store().texts(first, Targets.live(List.of(hooksTarget())), live, this::hidden));

    assertThat(found.get("guard.py").lines())
        .containsExactly(
            "--- a/hooks/global/guard.py",
            "+++ b/hooks/global/guard.py",
            "@@ -1 +1 @@",
            "-print('guard')",
            "+print('other')");
    assertThat(found.get("gone.sh").lines()).contains("+++ /dev/null", "@@ -1 +0,0 @@", "-exit 1");
    assertThat(found.get("new.sh").lines())
        .contains("--- /dev/null", "+exit 0", "\\ No newline at end of file");
    assertThat(found.get("binary").kind()).isEqualTo(Kind.BINARY);
    assertThat(found.get("large").kind()).isEqualTo(Kind.LARGE);
    assertThat(found.get("secret").kind()).isEqualTo(Kind.NOTHING);
    Backup second = backUp("v2");
    List<Difference> between = store().compare(first, second);
    assertThat(texts(store().texts(first, second, between, this::hidden))).isEqualTo(found);
  }

  private String hidden(String text) {
    return text.replaceAll("token=.*", "token=***");
  }

  private static Map<String, TextDifference> texts(List<TextDifference> all) {
    return all.stream().collect(Collectors.toMap(t -> t.difference().path().encoded(), t -> t));
  }
}
