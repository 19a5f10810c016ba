package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of the user's changes in one update after another. */
public abstract class MergedUpdatesContract extends InstalledSandbox {

  @Test
  void update_dryRunWithTexts_tellsEachFilesLinesAndHidesSecrets() throws IOException {
    update(withToken("v1", "abcdefgh"), "v1");
    Path next = withToken("v2", "ijklmnop");
    hook(next, "guard.sh", "two");
    hook(next, "only-in-v2.sh", "two");
    Files.delete(next.resolve("hooks/deep/only-in-v1.sh"));

    Map<String, TextDifference> found = differences(next);

    assertThat(found.keySet())
        .containsExactlyInAnyOrder(
            "settings.json", "guard.sh", "only-in-v2.sh", "deep/only-in-v1.sh", "deep");
    assertThat(found.get("guard.sh").lines()).contains("-# one", "+# two");
    assertThat(found.get("only-in-v2.sh").lines()).contains("--- /dev/null", "+# two");
    assertThat(found.get("deep/only-in-v1.sh").lines()).contains("+++ /dev/null", "-# one");
    assertThat(found.get("settings.json").kind()).isEqualTo(TextDifference.Kind.NOTHING);
    assertThat(found.toString()).doesNotContain("abcdefgh", "ijklmnop");
  }

  @Test
  void update_dryRunWithoutTexts_comparesNothing() throws IOException {
    update(firstRelease(), "v1");

    UpdateResult result =
        sandbox.services().updater().update(request(secondRelease(), "v2", true), Progress.NONE);

    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Planned.class, p -> assertThat(p.differences()).isEmpty());
  }

  @Test
  void update_textThatBothChangeAgainAndAgain_keepsTheUsersLines() throws IOException {
    update(text("v1", "top", "a", "middle", "b", "end"), "v1");
    sandbox.write(notes(), lines("top", "a", "middle", "b", "end", "mine"));

    update(text("v2", "TOP 2", "a", "middle", "b", "end"), "v2");
    assertThat(notes()).hasContent(lines("TOP 2", "a", "middle", "b", "end", "mine"));
    sandbox.write(notes(), lines("TOP 2", "a", "middle", "my b", "end", "mine"));
    update(text("v3", "top 3", "a", "middle 3", "b", "end"), "v3");
    assertThat(conflicts()).as("my b touches middle 3").hasSize(1);
    assertThat(notes()).hasContent(lines("TOP 2", "a", "middle", "my b", "end", "mine"));
    sandbox.write(notes(), lines("top 3", "a", "middle 3", "my b", "end", "mine"));
    resolveAll();
    update(text("v4", "top 4", "a", "middle 3", "b", "end"), "v4");

    assertThat(notes()).hasContent(lines("top 4", "a", "middle 3", "my b", "end", "mine"));
    assertThat(conflicts()).isEmpty();
  }

  @Test
  void update_settingsThatBothChangeAgainAndAgain_keepTheUsersKeys() throws IOException {
    update(settingsRelease("v1", "\"env\": {\"N\": \"1\"}"), "v1");
    sandbox.write(settings(), "{\"env\": {\"N\": \"1\", \"MINE\": \"x\"}, \"model\": \"opus\"}\n");

    for (int i = 2; i <= 4; i++) {
      String env = "\"env\": {\"N\": \"%d\"}, \"cleanupPeriodDays\": %d".formatted(i, i);
      assertThat(update(settingsRelease("v" + i, env), "v" + i))
          .isInstanceOf(UpdateResult.Updated.class);
      assertThat(settings())
          .hasContent(
              ("{\"env\": {\"N\": \"%d\", \"MINE\": \"x\"}, \"cleanupPeriodDays\": %d,"
                      + " \"model\": \"opus\"}\n")
                  .formatted(i, i));
    }
    assertThat(conflicts()).isEmpty();
  }

  @Test
  void update_keyThatBothChanged_isTheOnlyOneThatStays() throws IOException {
    update(settingsRelease("v1", "\"model\": \"opus\", \"env\": {\"N\": \"1\"}"), "v1");
    sandbox.write(settings(), "{\"model\": \"haiku\", \"env\": {\"N\": \"1\"}}");
    Path next = settingsRelease("v2", "\"model\": \"sonnet\", \"env\": {\"N\": \"2\"}");

    UpdateResult result = update(next, "v2");

    assertThat(settings()).hasContent("{\"model\": \"haiku\", \"env\": {\"N\": \"2\"}}");
    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Updated.class,
            updated ->
                assertThat(updated.plan().conflicts())
                    .singleElement()
                    .satisfies(
                        c -> assertThat(c.reason()).contains("model").doesNotContain("env")));
    assertThat(conflicts())
        .singleElement()
        .satisfies(
            c -> assertThat(c.theirs()).hasSameTextualContentAs(next.resolve("settings.json")));
  }

  @Test
  void update_fileWhoseConflictWaits_isSetAsideAgain() throws IOException {
    update(text("v1", "top", "a", "b", "end"), "v1");
    sandbox.write(notes(), lines("my top", "a", "b", "end"));
    update(text("v2", "TOP", "a", "b", "end"), "v2");

    update(text("v3", "TOP", "a", "b", "END"), "v3");

    assertThat(notes()).hasContent(lines("my top", "a", "b", "end"));
    assertThat(conflicts()).extracting(c -> c.version().value()).containsExactly("v2", "v3");
    resolveAll();
    update(text("v4", "TOP", "a", "b", "END 4"), "v4");
    assertThat(notes()).hasContent(lines("my top", "a", "b", "end"));
    resolveAll();
    sandbox.write(notes(), lines("my top", "a", "b", "END 4"));
    update(text("v5", "TOP", "a", "b", "END 5"), "v5");
    assertThat(notes()).hasContent(lines("my top", "a", "b", "END 5"));
  }

  @Test
  void update_keptReleaseDamaged_mergesNothingWithIt() throws IOException {
    update(text("v1", "top", "a", "b", "end"), "v1");
    sandbox.write(notes(), lines("top", "a", "b", "mine"));
    Path kept = sandbox.home().releases().resolve("v1").resolve("commands/notes.md");
    Files.write(kept, lines("tOp", "a", "b", "end").getBytes(StandardCharsets.UTF_8));

    update(text("v2", "TOP", "a", "b", "end"), "v2");

    assertThat(notes()).hasContent(lines("top", "a", "b", "mine"));
    assertThat(conflicts()).hasSize(1);
  }

  @Test
  void update_firstReleaseMeetsSettings_undoBringsThemBackToTheByte() throws IOException {
    String own = "{ \"model\":\"opus\" }";
    sandbox.write(settings(), own);

    update(settingsRelease("v1", "\"env\": {\"N\": \"1\"}"), "v1");
    assertThat(settings()).content().contains("opus", "\"N\"");
    update(settingsRelease("v2", "\"env\": {\"N\": \"2\"}"), "v2");
    assertThat(settings()).content().contains("opus", "\"2\"").doesNotContain("\"1\"");
    undo();
    assertThat(settings()).content().contains("opus", "\"1\"").doesNotContain("\"2\"");
    undo();

    assertThat(Files.readString(settings())).isEqualTo(own);
  }

  @Test
  void update_mergedSettingsNameWhatIsGone_isBlocked() throws IOException {
    Path first = settingsRelease("v1", "\"env\": {\"N\": \"1\"}");
    hook(first, "tool.sh", "one");
    update(first, "v1");
    sandbox.write(
        settings(),
        "{\"env\": {\"N\": \"1\"}, \"hooks\": {\"Stop\": [{\"hooks\": [{\"type\": \"command\","
            + " \"command\": \"~/.claude/hooks/tool.sh\"}]}]}}");
    SortedMap<String, String> before = live();

    UpdateResult result = update(settingsRelease("v2", "\"env\": {\"N\": \"2\"}"), "v2");

    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Blocked.class,
            blocked -> assertThat(blocked.problems().toString()).contains("tool.sh"));
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_sameVersionAgainThatFails_isNoBaseOfTheNext() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings("{\"update\": {\"pre_update_checks_enabled\": false}}");
    Path again = release("again");
    hook(again, "guard.sh", "never in force");
    sandbox.write(again.resolve("settings.json"), "{\n  \"env\": {\"PORT\": 8080}\n}\n");
    assertThat(update(again, "v1")).isInstanceOf(UpdateResult.RolledBack.class);

    update(secondRelease(), "v2");

    assertThat(conflicts()).isEmpty();
    assertThat(releasedHook()).hasContent("#!/bin/sh\n# two\nexit 0\n");
  }

  @Test
  void update_sameVersionAgainAndUndone_mergesOnWhatIsInForce() throws IOException {
    update(firstRelease(), "v1");
    Path again = release("again");
    hook(again, "guard.sh", "again");
    hook(again, "deep/only-in-v1.sh", "again");
    sandbox.write(again.resolve("commands/review.md"), "Review this again.\n");
    sandbox.write(again.resolve("settings.json"), settings("again"));
    assertThat(update(again, "v1")).isInstanceOf(UpdateResult.Updated.class);
    undo();
    assertThat(releasedHook()).hasContent("#!/bin/sh\n# one\nexit 0\n");

    update(secondRelease(), "v2");

    assertThat(conflicts()).isEmpty();
    assertThat(releasedHook()).hasContent("#!/bin/sh\n# two\nexit 0\n");
    assertThat(sandbox.claude().resolve("hooks/deep/only-in-v1.sh")).doesNotExist();
  }

  @Test
  void rollbackTo_eitherContentOfAVersion_mergesOnThatOne() throws IOException {
    update(firstRelease(), "v1");
    Path again = release("again");
    hook(again, "guard.sh", "again");
    sandbox.write(again.resolve("settings.json"), settings("again"));
    update(again, "v1");
    update(secondRelease(), "v2");
    for (String edition : List.of("one", "again")) {
      String backup = edition.equals("one") ? "v1@1" : "v1@2";
      rollbackTo(backup);
      assertThat(releasedHook()).content().contains("# " + edition);

      update(secondRelease(), "v2");

      assertThat(conflicts()).as(edition).isEmpty();
      assertThat(releasedHook()).hasContent("#!/bin/sh\n# two\nexit 0\n");
    }
  }

  private Path notes() {
    return sandbox.claude().resolve("commands/notes.md");
  }

  private Path settings() {
    return sandbox.claude().resolve("settings.json");
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private Path text(String name, String... lines) throws IOException {
    sandbox.write(release(name).resolve("commands/notes.md"), lines(lines));
    return release(name);
  }

  private Path settingsRelease(String name, String members) throws IOException {
    sandbox.write(release(name).resolve("settings.json"), "{" + members + "}\n");
    return release(name);
  }

  private List<Conflict> conflicts() throws IOException {
    return sandbox.services().conflicts().list();
  }

  private void resolveAll() throws IOException {
    for (Conflict each : conflicts()) {
      sandbox.services().conflicts().resolve(each);
    }
  }

  private Path withToken(String name, String token) throws IOException {
    Path release = release(name);
    hook(release, "guard.sh", "one");
    hook(release, "deep/only-in-v1.sh", "one");
    sandbox.write(release.resolve("settings.json"), settings(token));
    return release;
  }

  private Map<String, TextDifference> differences(Path release) throws IOException {
    UpdateRequest asked = request(release, "v2", true);
    UpdateRequest withTexts =
        new UpdateRequest(
            asked.location(),
            asked.version(),
            asked.scope(),
            asked.policy(),
            asked.accepted(),
            asked.plugins(),
            true,
            Optional.of(Redaction::ofFile));
    UpdateResult result = sandbox.services().updater().update(withTexts, Progress.NONE);
    assertThat(result).isInstanceOf(UpdateResult.Planned.class);
    List<TextDifference> all = ((UpdateResult.Planned) result).differences();
    return all.stream().collect(Collectors.toMap(t -> t.difference().path().readable(), t -> t));
  }
}
