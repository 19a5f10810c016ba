package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * What the checks of Claude Code's files do in an update: what it brings, what was there before.
 */
class ClaudeUpdateTest extends InstalledSandbox {
  private static final String NEEDS_MORE = "#!/usr/bin/env node\nrequire('none');\n";

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void update_hookImportsWhatIsNotThere_isBlocked() throws IOException {
    update(firstRelease(), "v1");
    Path release = secondRelease();
    sandbox.write(release.resolve("hooks/more.js"), NEEDS_MORE);

    assertThat(blocked(update(release, "v2")))
        .singleElement()
        .matches(p -> p.kind() == ErrorKind.DEPENDENCY_MISSING)
        .matches(p -> p.file().orElseThrow().endsWith("hooks/more.js"))
        .matches(p -> p.line().orElseThrow() == 2)
        .matches(p -> p.message().contains("imports none"));
  }

  @Test
  void update_usersHookImportedItBefore_onlyWarns() throws IOException {
    update(firstRelease(), "v1");
    sandbox.write(sandbox.claude().resolve("hooks/mine.js"), NEEDS_MORE);

    assertThat(warnings(update(secondRelease(), "v2")))
        .anyMatch(p -> p.message().contains("imports none") && p.message().contains("as before"));
  }

  @Test
  void update_takesAwayWhatAHookImports_isBlocked() throws IOException {
    Path first = firstRelease();
    sandbox.write(first.resolve("hooks/main.js"), "require('./helper');\n");
    sandbox.write(first.resolve("hooks/helper.js"), "\n");
    update(first, "v1");
    Path second = secondRelease();
    sandbox.write(second.resolve("hooks/main.js"), "require('./helper');\n");

    assertThat(blocked(update(second, "v2")))
        .singleElement()
        .matches(p -> p.message().contains("./helper"));
  }

  @Test
  void update_takesAProtectionAway_isBlockedUntilAccepted() throws IOException {
    update(firstRelease(), "v1");
    Path release = secondRelease();
    sandbox.write(release.resolve("settings.json"), "{}\n");
    SortedMap<String, String> before = live();

    assertThat(blocked(update(release, "v2")))
        .singleElement()
        .matches(p -> p.message().startsWith("protection off: the PreToolUse hook guard.sh"))
        .matches(p -> p.file().orElseThrow().equals(sandbox.claude().resolve("settings.json")))
        .matches(p -> p.line().isPresent());
    assertThat(live()).isEqualTo(before);

    assertThat(warnings(updateAccepting(release, "v2", "protections")))
        .anyMatch(p -> p.message().startsWith("protection off: "));
  }

  @Test
  void update_usersOwnProtectionStaysByTheMerge_findsNothing() throws IOException {
    update(firstRelease(), "v1");
    sandbox.write(
        sandbox.claude().resolve("settings.local.json"),
        "{\"permissions\": {\"deny\": [\"Read(.env)\"]}}\n");

    assertThat(warnings(update(secondRelease(), "v2"))).isEmpty();
  }

  @Test
  void update_userTookTheProtectionAwayBefore_findsNothing() throws IOException {
    update(firstRelease(), "v1");
    sandbox.write(sandbox.claude().resolve("settings.json"), "{\"model\": \"mine\"}\n");

    assertThat(warnings(update(secondRelease(), "v2")))
        .noneMatch(p -> p.message().startsWith("protection"));
  }

  @Test
  void rollback_toAStateWithoutTheProtection_isDone() throws IOException {
    Path first = firstRelease();
    sandbox.write(first.resolve("settings.json"), "{}\n");
    update(first, "v1");
    update(secondRelease(), "v2");

    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(Files.readString(sandbox.claude().resolve("settings.json"))).isEqualTo("{}\n");
  }

  private static List<Problem> blocked(UpdateResult result) {
    assertThat(result).isInstanceOf(UpdateResult.Blocked.class);
    return ((UpdateResult.Blocked) result).problems();
  }

  private static List<Problem> warnings(UpdateResult result) {
    assertThat(result).isInstanceOf(UpdateResult.Updated.class);
    return ((UpdateResult.Updated) result).warnings();
  }
}
