package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stravinsky.api.config.ConfigStore;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ConfigStore} must do. */
public abstract class ConfigStoreContract extends SandboxTest {

  private static final String KEY = "RWQVJn/Ft/4ZLHPyChqGg+TcTVVPy3CQT1im8MlZ2VdCfMAt4mJqwNDR";

  private ConfigStore store() {
    return sandbox.services().config();
  }

  private String content() throws IOException {
    return Files.readString(store().file());
  }

  @Test
  void load_noFile_givesDefaultsAndWritesNothing() throws IOException {
    Settings settings = store().load();

    assertThat(settings.backup().maxVersions()).isEqualTo(10);
    assertThat(settings.backup().maxTotalSizeMb()).isEqualTo(500);
    assertThat(settings.backup().retentionDays()).isEqualTo(730);
    assertThat(settings.backup().verifyOnCreation()).isTrue();
    assertThat(settings.backup().spotCheckPercentage()).isEqualTo(10);
    assertThat(settings.update().autoRollbackOnFailure()).isTrue();
    assertThat(settings.update().autoRollbackTimeoutSeconds()).isEqualTo(60);
    assertThat(settings.update().channel()).isEmpty();
    assertThat(settings.recovery()).isEqualTo(new Settings.Recovery(3, 5));
    assertThat(settings.audit()).isEqualTo(new Settings.Audit(true, 730, 50, 90, true));
    assertThat(settings.safety()).isEqualTo(new Settings.Safety(false, true, true, 100, 5));
    assertThat(settings.targets()).isEmpty();
    assertThat(settings.notifiers()).isEmpty();
    assertThat(sandbox.home().directory()).doesNotExist();
  }

  @Test
  void load_someKeysGiven_restAreDefaults() throws IOException {
    sandbox.settings(
        """
        {"format": 1, "$schema": "x",
         "backup": {"max_versions": 3},
         "update": {"channel": "stable", "trusted_keys": ["%s"]},
         "targets": [{"name": "dotfiles", "path": "~/.config/x", "files": ["a.toml"]}],
         "notify": [{"type": "command", "command": "mail -s 'it is' me"},
                    {"type": "webhook", "url": "https://example.org/x"}]}
        """
            .formatted(KEY));

    Settings settings = store().load();

    assertThat(settings.backup().maxVersions()).isEqualTo(3);
    assertThat(settings.backup().maxTotalSizeMb()).isEqualTo(500);
    assertThat(settings.update().channel()).contains("stable");
    assertThat(settings.update().trustedKeys()).containsExactly(KEY);
    assertThat(settings.targets())
        .containsExactly(new Settings.TargetSetting("dotfiles", "~/.config/x", List.of("a.toml")));
    assertThat(settings.notifiers())
        .containsExactly(
            new Settings.NotifySetting("command", List.of("mail", "-s", "it is", "me")),
            new Settings.NotifySetting("webhook", List.of("https://example.org/x")));
  }

  @Test
  void load_autoRollbackAtTopLevel_isTaken() throws IOException {
    sandbox.settings("{\"auto_rollback_on_failure\": false}");

    assertThat(store().load().update().autoRollbackOnFailure()).isFalse();
  }

  @Test
  void load_autoRollbackContradictsItself_isRefused() throws IOException {
    sandbox.settings(
        "{\"auto_rollback_on_failure\": false, \"update\": {\"auto_rollback_on_failure\": true}}");

    assertThatThrownBy(store()::load).hasMessageContaining("says the opposite");
  }

  @Test
  void load_manyErrors_areAllToldWithPathAndLine() throws IOException {
    sandbox.settings(
        """
        {
          "backup": {
            "max_versions": "ten",
            "max_version": 4,
            "compression_level": 10
          },
          "update": [],
          "audt": {},
          "safety": {"lock_timeout_seconds": 1.5,
            "lock_timeout_seconds": 2},
          "targets": [{"name": "hooks", "path": "relative"}, 7],
          "notify": [{"type": "webhook", "url": "ftp://x", "sound": 1}]
        }
        """);

    List<Problem> problems = problemsOfLoading();

    assertThat(problems)
        .extracting(p -> p.line().orElse(0) + " " + p.message())
        .containsExactlyInAnyOrder(
            "3 backup.max_versions: must be a whole number from 1 to 100000, but is the text"
                + " \"ten\"",
            "4 backup.max_version: is not known; did you mean backup.max_versions?",
            "5 backup.compression_level: must be a whole number from 1 to 9, but is 10",
            "7 update: must be an object, but is an array",
            "8 audt: is not known; did you mean audit?",
            "9 safety.lock_timeout_seconds: must be a whole number from 0 to 3600, but is 1.5",
            "10 safety.lock_timeout_seconds: is given twice",
            "11 targets[0].name: \"hooks\" is the name of a built-in target",
            "11 targets[0].path: must be an absolute path, or one that starts with ~/",
            "11 targets[1]: must be an object, but is 7",
            "12 notify[0].sound: is not known",
            "12 notify[0].url: must be an http:// or https:// address");
    assertThat(problems).allSatisfy(p -> assertThat(p.file()).contains(store().file()));
  }

  @Test
  void load_cutOff_isSaidWithoutTheLibrarysOwnNotes() throws IOException {
    sandbox.settings("{\n  \"backup\": {\n");

    assertThat(problemsOfLoading())
        .extracting(Problem::message)
        .containsExactly("not JSON: Unexpected end-of-input: expected close marker for Object");
  }

  @Test
  void load_syntaxErrorBehindWrongValue_tellsBoth() throws IOException {
    sandbox.settings("{\n  \"backup\": {\"max_versions\": 0},\n  \"update\": {,}\n}\n");

    List<Problem> problems = problemsOfLoading();

    assertThat(problems).extracting(Problem::line).contains(OptionalInt.of(2), OptionalInt.of(3));
    assertThat(problems).anySatisfy(p -> assertThat(p.message()).startsWith("not JSON: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "[]",
        "\"x\"",
        "null",
        "{",
        "{}}",
        "{\"backup\": {\"max_versions\": 1}",
        "{\"a",
        "{'a': 1}",
        "{\"backup\": null}",
        "{\"format\": 2}",
        "{} x",
        "{\"backup\": {\"\\",
        "\u0000"
      })
  void load_brokenFile_isRefusedWithItsName(String text) throws IOException {
    sandbox.settings(text);

    assertThat(problemsOfLoading())
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.file()).contains(store().file()))
        .allSatisfy(p -> assertThat(p.nextCommand()).isPresent());
  }

  @Test
  void load_notUtf8_isRefusedWithItsLine() throws IOException {
    sandbox.settings("");
    Files.write(store().file(), new byte[] {'{', '\n', '"', (byte) 0xff, '"', '}'});

    assertThat(problemsOfLoading())
        .singleElement()
        .satisfies(p -> assertThat(p.line()).hasValue(2))
        .satisfies(p -> assertThat(p.message()).contains("UTF-8"));
  }

  @Test
  void load_byteOrderMark_isOverlooked() throws IOException {
    sandbox.settings("\uFEFF{\"backup\": {\"max_versions\": 4}}");

    assertThat(store().load().backup().maxVersions()).isEqualTo(4);
  }

  @Test
  void load_trustedKeyIsNone_isToldWithItsLine() throws IOException {
    sandbox.settings(
        """
        {"update": {"trusted_keys": [
          "%s",
          "%s"]}}
        """
            .formatted(KEY, KEY.replace('H', 'h').substring(1)));

    assertThatThrownBy(() -> store().load())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("trusted_keys[1]")
        .hasMessageContaining("signify public key")
        .satisfies(e -> assertThat(((UsageException) e).problems().getFirst().line()).hasValue(3));
  }

  @Test
  void load_variable_outranksTheFile() throws IOException {
    sandbox.settings("{\"backup\": {\"max_versions\": 3}}");
    sandbox.withVariable("STRAVINSKY_BACKUP_MAX_VERSIONS", "15");
    sandbox.withVariable("STRAVINSKY_AUTO_ROLLBACK", "false");
    sandbox.withVariable("STRAVINSKY_UPDATE_TRUSTED_KEYS", KEY);
    sandbox.withVariable("STRAVINSKY_HOME", "/elsewhere");

    assertThat(store().load().backup().maxVersions()).isEqualTo(15);
    assertThat(store().load().update().autoRollbackOnFailure()).isFalse();
    assertThat(store().load().update().trustedKeys()).containsExactly(KEY);
    assertThat(store().entries())
        .contains(
            new ConfigStore.Entry("backup.max_versions", "15", ConfigStore.Source.ENVIRONMENT));
  }

  @Test
  void load_badVariables_areAllToldByName() throws IOException {
    sandbox.withVariable("STRAVINSKY_BACKUP_MAX_VERSIONS", "many");
    sandbox.withVariable("STRAVINSKY_BACKUP_MAX_VERSION", "3");

    assertThat(problemsOfLoading())
        .extracting(Problem::message)
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).startsWith("STRAVINSKY_BACKUP_MAX_VERSIONS: must be a whole"),
            m -> assertThat(m).contains("did you mean STRAVINSKY_BACKUP_MAX_VERSIONS?"));
  }

  @Test
  void load_targetHoldsTheHome_isRefused() throws IOException {
    sandbox.settings("{\"targets\": [{\"name\": \"all\", \"path\": \"~\"}]}");

    assertThatThrownBy(store()::load).hasMessageContaining("must not hold each other");
  }

  @Test
  void entries_always_haveEveryKeyOnceAndItsSource() throws IOException {
    sandbox.settings("{\"audit\": {\"log_rotation_days\": 7}}");

    List<ConfigStore.Entry> entries = store().entries();

    assertThat(entries).extracting(ConfigStore.Entry::key).doesNotHaveDuplicates().hasSize(27);
    assertThat(entries)
        .contains(
            new ConfigStore.Entry("audit.log_rotation_days", "7", ConfigStore.Source.FILE),
            new ConfigStore.Entry("update.channel", "null", ConfigStore.Source.DEFAULT),
            new ConfigStore.Entry("targets", "[]", ConfigStore.Source.DEFAULT));
  }

  @Test
  void set_everyKeyToItsOwnValue_changesNoSetting() throws IOException {
    Settings before = store().load();

    for (ConfigStore.Entry entry : store().entries()) {
      store().set(entry.key(), entry.value());
    }

    assertThat(store().load()).isEqualTo(before);
  }

  @Test
  void set_noFile_makesOneForTheUserOnly() throws IOException {
    store().set("backup.max_versions", "4");

    assertThat(content()).isEqualTo("{\n  \"backup\": {\n    \"max_versions\": 4\n  }\n}\n");
    assertThat(Files.getPosixFilePermissions(store().file())).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"backup":{"max_versions":3}}          | {"backup":{"max_versions":7}}
          {"backup" : { "max_versions" : 3 } }   | {"backup" : { "max_versions" : 7 } }
          {"backup": {"retention_days": 9}}      | {"backup": {"retention_days": 9,"max_versions": 7}}
          {}                                     | {~  "backup": {~    "max_versions": 7~  }~}
          {"backup": {}}                         | {"backup": {~  "max_versions": 7~}}
          {~\t"audit": {}~}                      | {~\t"audit": {},~\t"backup": {~\t\t"max_versions": 7~\t}~}
          """)
  void set_existingFile_leavesTheRestAsItIs(String before, String after) throws IOException {
    sandbox.settings(unfold(before));

    store().set("backup.max_versions", "7");

    assertThat(content()).isEqualTo(unfold(after));
    assertThat(store().load().backup().maxVersions()).isEqualTo(7);
  }

  private static String unfold(String text) {
    return text.replace("~", "\n").replace("\\t", "\t");
  }

  @Test
  void set_autoRollbackInShortForm_staysInShortForm() throws IOException {
    sandbox.settings("{ \"auto_rollback_on_failure\" : false }");

    store().set("update.auto_rollback_on_failure", "true");

    assertThat(content()).isEqualTo("{ \"auto_rollback_on_failure\" : true }");
  }

  @Test
  void set_carriageReturnsAndMarkInFile_areKept() throws IOException {
    sandbox.settings("\uFEFF{\r\n  \"audit\": {\r\n    \"log_rotation_days\": 7\r\n  }\r\n}\r\n");

    store().set("audit.log_retention_days", "8");

    assertThat(content())
        .isEqualTo(
            "\uFEFF{\r\n  \"audit\": {\r\n    \"log_rotation_days\": 7,\r\n"
                + "    \"log_retention_days\": 8\r\n  }\r\n}\r\n");
  }

  @Test
  void set_words_areTakenAsTheKeyNeedsThem() throws IOException {
    store().set("update.channel", "https://example.org/stable");
    store().set("update.trusted_keys", "[\"" + KEY + "\"]");
    store().set("audit.enable_audit_logging", "off");

    assertThat(store().load().update().channel()).contains("https://example.org/stable");
    assertThat(store().load().update().trustedKeys()).containsExactly(KEY);
    assertThat(store().load().audit().enableAuditLogging()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "./team", "../channel.json"})
  void set_channelOfAnotherFolderInEachFolder_isRefusedWithTheOneThatIsMeant(String relative)
      throws IOException {
    store().set("update.channel", "~/team");
    String before = content();
    Path meant = sandbox.environment().workingDirectory().resolve(relative).normalize();

    assertThatThrownBy(() -> store().set("update.channel", relative))
        .isInstanceOfSatisfying(
            UsageException.class,
            refusal ->
                assertThat(refusal.problems().getFirst().nextCommand())
                    .contains("stravinsky config set update.channel " + meant));
    assertThat(content()).isEqualTo(before);

    store().set("update.channel", meant.toString());
    assertThat(store().load().update().channel()).contains(meant.toString());
    store().set("update.channel", "null");
    assertThat(store().load().update().channel()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "backup.max_versions,0",
    "backup.max_versions,x",
    "backup.nothing,1",
    "backup,{}",
    "nothing,1",
    "notify,[1]",
    "update.auto_rollback_on_failure,maybe",
    "backup.max_versions,'1, \"x\": 2'",
    "targets,'[{\"name\":\"a\",\"path\":\"~\"}]'"
  })
  void set_badKeyOrValue_leavesTheFileAsItWas(String key, String value) throws IOException {
    sandbox.settings("{\"backup\": {\"max_versions\": 3}}");

    assertThatThrownBy(() -> store().set(key, value)).isInstanceOf(UsageException.class);

    assertThat(content()).isEqualTo("{\"backup\": {\"max_versions\": 3}}");
  }

  @Test
  void set_brokenFile_isRefusedAndLeftAsItWas() throws IOException {
    sandbox.settings("{\"backup\": {\"max_versions\": 3},}");

    assertThatThrownBy(() -> store().set("backup.max_versions", "4"))
        .isInstanceOf(UsageException.class);

    assertThat(content()).isEqualTo("{\"backup\": {\"max_versions\": 3},}");
  }

  @Test
  void set_eachOperationFails_leavesTheOldOrTheNewFile() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that fails");
    for (long n = 1; ; n++) {
      sandbox.settings("{\"backup\": {\"max_versions\": 3}}");
      sandbox.faults().plan(FaultPlan.failAt(n, Errno.ENOSPC));
      boolean thrown = false;
      try {
        store().set("backup.max_versions", "4");
      } catch (IOException e) {
        thrown = true;
      }
      long injected = sandbox.faults().injected();
      sandbox.faults().plan(FaultPlan.NONE);
      assertThat(store().load().backup().maxVersions())
          .isIn(thrown ? new Integer[] {3, 4} : new Integer[] {4});
      try (Stream<Path> files = Files.list(store().file().getParent())) {
        assertThat(files).as("fault at %d", n).containsExactly(store().file());
      }
      if (injected == 0) {
        assertThat(n).isGreaterThan(3);
        return;
      }
    }
  }

  @Test
  void set_fileIsALink_writesAtItsEnd() throws IOException {
    Path end = sandbox.write(sandbox.userHome().resolve("dotfiles/rollback.json"), "{}");
    Files.createDirectories(store().file().getParent());
    Files.createSymbolicLink(store().file(), end);

    store().set("backup.max_versions", "4");

    assertThat(store().file()).isSymbolicLink();
    assertThat(Files.readString(end, StandardCharsets.UTF_8)).contains("\"max_versions\": 4");
  }

  @Test
  void targets_namedInTheFile_areTheUsersTargets() throws IOException {
    Path place = Files.createDirectories(sandbox.userHome().resolve("real"));
    Files.createSymbolicLink(sandbox.userHome().resolve("alias"), place);
    sandbox.settings("{\"targets\": [{\"name\": \"mine\", \"path\": \"~/alias\"}]}");

    assertThat(sandbox.services().targets().of(dev.stravinsky.api.Scope.USER))
        .contains(dev.stravinsky.api.Target.tree("mine", dev.stravinsky.api.Scope.USER, place));
  }

  private List<Problem> problemsOfLoading() {
    UsageException refused = catchThrowableOfType(UsageException.class, store()::load);
    assertThat(refused).as("load() refuses").isNotNull();
    return refused.problems();
  }
}
