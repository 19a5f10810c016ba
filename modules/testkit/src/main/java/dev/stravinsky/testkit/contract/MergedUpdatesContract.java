package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
