package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.ForgedBackup;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema that is published is that of the manifests that are written, and no looser. */
class ManifestSchemaTest extends BackupContract {
  private static final Schema SCHEMA = load();

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory().settings("{\"audit\": {\"enable_audit_logging\": false}}");
  }

  private static Schema load() {
    try (InputStream in = Files.newInputStream(Path.of("../../docs/manifest.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<?> errors(String manifest) {
    return SCHEMA.validate(manifest, InputFormat.JSON);
  }

  /** An entry of each kind. */
  private Backup everything() throws IOException {
    someFiles();
    Files.createLink(hooks().resolve("second.py"), hooks().resolve("guard.py"));
    sandbox.write(hooks().resolve("é"), new byte[300_000], 0600);
    Files.createSymbolicLink(hooks().resolve("none"), hooks().resolve("nowhere"));
    Path outside = sandbox.write(sandbox.userHome().resolve("dotfile"), "x");
    Files.createSymbolicLink(hooks().resolve("outside"), outside);
    return backUp("v1", BackupReason.PRE_ROLLBACK);
  }

  private static String manifest(Backup backup) throws IOException {
    return Files.readString(backup.directory().resolve("manifest.json"));
  }

  @Test
  void schema_manifestOfEachKindOfEntry_isValid() throws IOException {
    String manifest = manifest(everything());

    assertThat(manifest).contains("hardlink", "linked", "readable", "header", "directory");
    assertThat(errors(manifest)).isEmpty();
  }

  @Test
  void schema_manifestOfAProjectAndATransaction_isValid() throws IOException {
    sandbox.write(projectHooks().root().resolve("p.sh"), "exit\n");
    Backup backup =
        store()
            .createPending(
                "tx1",
                request(
                    projectHooks().scope(),
                    "v1",
                    BackupReason.INSTALLED,
                    List.of(dev.stravinsky.api.TargetWalk.live(projectHooks()))),
                Progress.NONE);

    assertThat(errors(manifest(backup))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\": 1                | \"format\": 2",
        "\"id\": \"v1.pre_rollback\"  | \"id\": \"../v1\"",
        "\"reason\": \"[a-z_]*\"      | \"reason\": \"why not\"",
        "\"scope\": \"user\"          | \"scope\": \"everybody\"",
        "\"entries\"                  | \"entrees\"",
        "\"files_count\": \\d+        | \"files_count\": -1",
        "\"files_count\": \\d+        | \"files_count\": 1000000",
        "\"size_bytes\": \\d+         | \"size_bytes\": \"many\"",
        "\"sha256\": \"\\w             | \"sha256\": \"",
        "\"raw_bytes\": \\d+          | \"raw_bytes\": 0",
        "\"mode\": \"0755\"           | \"mode\": \"755\"",
        "\"type\": \"file\"           | \"type\": \"device\"",
        "\"type\": \"file\"           | \"type\": \"hardlink\"",
        "\"type\": \"link\", \"link\" | \"type\": \"link\", \"lunk\"",
        "hooks/global/guard.py        | hooks/global/../guard.py",
        "hooks/global/guard.py        | hooks/nowhere/guard.py",
        "\"origin\": \"user\"         | \"origin\": \"nobody\"",
        "\"mtime\": \"20              | \"mtime\": \"soon 20",
      })
  void schema_brokenManifest_isInvalid(String regex, String broken) throws IOException {
    String manifest = manifest(everything());
    String changed = manifest.replaceFirst(regex, broken);

    assertThat(changed).isNotEqualTo(manifest);
    assertThat(errors(changed)).isNotEmpty();
  }

  @Test
  void reader_fieldsThatItDoesNotKnow_arePassedOverAndStay() throws IOException {
    Backup backup = everything();
    String more = "\"of_tomorrow\": {\"a\": [1, {\"b\": null}]}, ";
    ForgedBackup.edit(
        backup.directory(),
        text ->
            text.replace("\"format\"", more + "\"format\"")
                .replace("{\"target\"", "{" + more + "\"target\"")
                .replace("{\"path\"", "{" + more + "\"path\"")
                .replace("{\"offset\"", "{" + more + "\"offset\""));
    String with = manifest(backup);

    Backup read = store().find(Scope.USER, backup.id()).orElseThrow();
    assertThat(errors(with)).isEmpty();
    assertThat(read.manifest()).isEqualTo(backup.manifest());
    assertThat(store().verify(read, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
    read.extract(entries(read)).close();
    backUp("v2");
    store().cleanUp(store().planCleanup(Scope.USER, java.util.OptionalInt.empty()));
    assertThat(manifest(backup)).isEqualTo(with);
  }

  @Test
  void reader_newerFormat_isRefusedWithASentence() throws IOException {
    Backup backup = everything();
    ForgedBackup.edit(backup.directory(), t -> t.replace("\"format\": 1", "\"format\": 2"));

    assertThatThrownBy(() -> store().find(Scope.USER, backup.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the backup is of format 2, made by a newer version")
        .hasMessageContaining("manifest.json");
    assertThat(store().unreadable(Scope.USER).toString()).contains("format 2");
  }
}
