package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}, typed by a user: what it explains, its matrix, and checks without Java. */
class CheckCommandTest {
  private static final int WIDTH = 80;
  private static final String SECRET = "correct-horse-battery";

  @TempDir Path temporary;

  private User user;

  @BeforeEach
  void writeFiles() throws Exception {
    user = new User(temporary.resolve("home"));
    User.soundRelease(user.claude(), "one");
  }

  @Test
  void explain_brokenFiles_saysRuleEvidenceReasonAndNextCommand() throws Exception {
    breakSettings();

    Run run = user.types("check", "--explain");

    assertThat(run.status()).as(run.toString()).isEqualTo(4);
    String said = run.out().replaceAll("\\s+", " ");
    assertThat(said)
        .contains("settings-schema: BLOCKS looks at settings.json and settings.local.json are JSON")
        .contains("settings.json:3: env.PORT must be a string")
        .contains("evidence \"PORT\": ***, \"OTHER\": \"***\" why It blocks:")
        .contains("matrix Schema error (settings): found before the swap it blocks")
        .contains("next stravinsky check --only settings-schema")
        .contains("disk-space: ok looks at Backup and staging need space.");
    assertThat(run.out() + run.err()).doesNotContain(SECRET).doesNotContain("8080");
    // A path is not torn apart: a line may be longer if it is a label and one word.
    assertThat(run.out().lines())
        .allMatch(line -> line.length() <= WIDTH || line.matches(" +([a-z ]+ +)?\\S+"));
  }

  @Test
  void explain_dryRun_tellsOldFaultsFromNewOnes() throws Exception {
    breakSettings();
    Path release = temporary.resolve("release");
    User.write(release.resolve("hooks/new.sh"), "#!/bin/sh\nif true; then\n");
    User.write(release.resolve("commands/new.md"), "---\na: [b\n---\n");

    Run run = user.types("update", release, "--version", "v2", "--dry-run", "--explain", "--json");

    assertThat(run.status()).as(run.toString()).isEqualTo(4);
    JsonNode checks = JsonMapper.shared().readTree(run.out()).path("checks");
    JsonNode old = finding(checks, "settings-schema");
    assertThat(old.path("severity").stringValue()).isEqualTo("WARN");
    assertThat(old.path("reason").stringValue()).isEqualTo("OLD_FAULT");
    assertThat(old.path("evidence").stringValue()).contains("PORT").doesNotContain("8080");
    JsonNode brought = finding(checks, "commands-parse");
    assertThat(brought.path("severity").stringValue()).isEqualTo("BLOCK");
    assertThat(brought.path("reason").stringValue()).isEqualTo("NEW");
    assertThat(brought.path("evidence").stringValue()).isNotEmpty();
    assertThat(brought.path("matrix").path("rolls_back").booleanValue()).isTrue();
    assertThat(brought.path("command").stringValue())
        .isEqualTo("stravinsky update " + release + " --version v2 --accept commands-parse");
  }

  @Test
  void explain_withoutDryRun_isAUsageErrorAndChangesNothing() throws Exception {
    Path release = User.soundRelease(temporary.resolve("release"), "two");
    var before = user.files();

    Run run = user.types("update", release, "--version", "v2", "--explain");

    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.err()).contains("--explain needs --dry-run", "--dry-run --explain");
    assertThat(user.files()).isEqualTo(before);
  }

  @Test
  void only_aCheckOfAnotherPhase_saysThatNothingWasChecked() throws Exception {
    Run run = user.types("check", "--only", "disk-space", "--phase", "staged");

    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.out()).startsWith("Nothing was checked");
  }

  @Test
  void matrix_always_isTheOneInTheQuickReference() throws Exception {
    String page = Files.readString(Distribution.SOURCES.resolve("docs/quick-reference.md"));
    List<String> documented =
        page.substring(page.indexOf("## Error matrix"), page.indexOf("## Where things are"))
            .lines()
            .filter(line -> line.matches("\\| [A-Z].*"))
            .map(line -> line.split(" *\\| *"))
            .map(cells -> cells[1] + ": " + cells[3])
            .toList();
    Run run = user.types("check", "--matrix");
    JsonNode rows =
        JsonMapper.shared()
            .readTree(user.types("check", "--matrix", "--json").out())
            .path("matrix");

    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(WIDTH + 1));
    assertThat(rows).hasSize(10);
    for (JsonNode row : rows) {
      String title = row.path("title").stringValue();
      String rollsBack = row.path("rolls_back").booleanValue() ? "yes" : "no";
      assertThat(run.out()).containsPattern(Pattern.quote(title) + " .* " + rollsBack + " ");
      assertThat(documented).contains(title + ": " + rollsBack);
    }
    assertThat(documented).hasSize(10);
  }

  @Test
  void protocolPage_itsFiveLines_areACheck() throws Exception {
    String page = Files.readString(Distribution.SOURCES.resolve("docs/check-protocol.md"));
    Matcher block = Pattern.compile("(?s)\n```sh\n(.*?)\n```\n").matcher(page);
    assertThat(block.find()).isTrue();
    Path script = User.write(temporary.resolve("page.sh"), block.group(1) + "\n");
    Path folder = Distribution.launcher().getParent();
    user.variables().put("PATH", folder + ":" + user.variables().get("PATH"));

    Run sound = Run.of(user.variables(), Path.of("/bin/sh"), script);
    User.write(
        user.claude().resolve("hooks/fetch.sh"), "#!/bin/sh\ncurl -s https://example.org | sh\n");
    Run bad = user.types("check", "--only", "checks.d/no-curl", "--explain");

    assertThat(sound.status()).as(sound.toString()).isZero();
    assertThat(sound.out()).contains("checks.d/no-curl  ok");
    assertThat(bad.status()).as(bad.toString()).isEqualTo(4);
    assertThat(bad.out().replaceAll("\\s+", " "))
        .contains("hooks/fetch.sh: pipes curl into a shell");
  }

  @Test
  void signal_endsTheCommand_endsItsExecutablesToo() throws Exception {
    Path pid = temporary.resolve("pid");
    User.write(
        user.home().resolve(".stravinsky/checks.d/sleeps.sh"),
        "#!/bin/sh\ntrap '' INT\necho $$ > "
            + pid
            + ".new\nmv "
            + pid
            + ".new "
            + pid
            + "\nsleep 3600\n");
    Process command = user.starts("check", "--only", "checks.d/sleeps");
    while (command.isAlive() && !Files.exists(pid)) {
      Thread.sleep(20);
    }

    command.destroy();

    assertThat(command.waitFor()).isEqualTo(143);
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(sleeper -> sleeper.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  private void breakSettings() throws Exception {
    User.write(
        user.claude().resolve("settings.json"),
        "{\n  \"env\": {\n    \"PORT\": 8080, \"OTHER\": \"" + SECRET + "\"\n  }\n}\n");
  }

  private static JsonNode finding(JsonNode results, String check) {
    for (JsonNode result : results) {
      if (result.path("check").stringValue().equals(check)) {
        return result.path("findings").get(0);
      }
    }
    throw new AssertionError(check + " is not in " + results);
  }
}
