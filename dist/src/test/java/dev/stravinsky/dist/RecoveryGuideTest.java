package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the recovery guide is typed as it stands there, section by section, in the state
 * that the section is about, and prints what the guide shows. One home is made for all sections;
 * each begins with a copy.
 */
class RecoveryGuideTest {
  @TempDir static Path shared;
  private static User user;

  private Path distribution = Distribution.HOME;

  /** What has to have happened before the commands of a section are typed. */
  private interface State {
    void prepare() throws Exception;
  }

  @BeforeAll
  static void installTwoVersions() throws Exception {
    user = new User(shared.resolve("you"));
    for (String version : List.of("v0.3.8", "v0.3.9")) {
      Run run = user.updates(User.soundRelease(shared.resolve(version), version), version);
      assertThat(run.status()).as(run.toString()).isZero();
    }
    Tools.must("cp", "-a", user.home(), shared.resolve("pristine"));
  }

  @AfterEach
  void takeTheFlagAway() throws Exception {
    Tools.run("chattr", "-i", user.claude().resolve("settings.json"));
  }

  private Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    State wellInstalled = () -> {};
    states.put("Triage", wellInstalled);
    states.put("Undo the update", wellInstalled);
    states.put("Level 1: a file", () -> Files.delete(user.claude().resolve("settings.json")));
    states.put("Level 2: a folder", () -> Tools.must("rm", "-rf", user.claude().resolve("hooks")));
    states.put("Level 3: a version", () -> Tools.must("rm", "-rf", user.claude()));
    states.put("Emergency", wellInstalled);
    states.put("A rollback failed", this::failToRollBack);
    states.put("If it cannot be finished", this::failToRollBack);
    states.put("Damaged backups", this::damageABackup);
    states.put("A damaged trail", this::damageTheTrail);
    states.put("Without Java", this::breakJava);
    states.put(
        "With plain tools only", () -> Tools.must("rm", "-rf", user.claude().resolve("hooks")));
    return states;
  }

  @TestFactory
  Stream<DynamicTest> section_itsCommandsTyped_printWhatItShows() throws IOException {
    Map<String, List<GuideBlock>> sections = new LinkedHashMap<>();
    Map<String, State> states = states();
    for (GuideBlock block : GuideBlock.of(guide())) {
      assertThat(states).as("a state for line " + block.line()).containsKey(block.section());
      sections.computeIfAbsent(block.section(), s -> new java.util.ArrayList<>()).add(block);
    }
    assertThat(sections.keySet()).containsExactlyElementsOf(states.keySet());
    return sections.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> type(e.getValue(), states)));
  }

  private static String guide() throws IOException {
    return Files.readString(Distribution.HOME.resolve("RECOVERY_GUIDE.md"));
  }

  private void type(List<GuideBlock> blocks, Map<String, State> states) throws Exception {
    takeTheFlagAway();
    distribution = Distribution.HOME;
    Tools.must("rm", "-rf", user.home());
    Tools.must("cp", "-a", shared.resolve("pristine"), user.home());
    states.get(blocks.getFirst().section()).prepare();
    Path folder = user.home();
    for (GuideBlock block : blocks) {
      for (GuideBlock.Step step : block.steps()) {
        if (step.command().startsWith("cd ")) {
          folder = folder.resolve(step.command().substring(3).replace("~", user.home().toString()));
          assertThat(folder).as("line " + block.line()).isDirectory();
        } else {
          Run run = shell(folder, step.command());
          assertThat(step.complaint(run)).as(step.command() + ", line " + block.line()).isEmpty();
        }
      }
    }
  }

  /** As on a terminal: both streams in one; what differs by machine as the guide writes it. */
  private Run shell(Path folder, String command) throws Exception {
    String path = distribution.resolve("bin") + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin";
    user.variables().put("PATH", path);
    String transaction = user.interrupted().orElse("");
    String typed =
        command
            .replace(" TX", " " + transaction)
            .replace(" FILE", " " + user.claude().resolve("settings.json"));
    Run run =
        Run.of(
            user.variables(),
            Path.of("/bin/sh"),
            "-c",
            "cd \"$1\" && eval \"$2\" 2>&1",
            "sh",
            folder,
            typed);
    String seen = run.out().replace(user.home().toString(), "/home/you");
    return new Run(
        run.status(), transaction.isEmpty() ? seen : seen.replace(transaction, "TX"), run.err());
  }

  private void failToRollBack() throws Exception {
    Path check = FailingRollback.arrange(user, shared);
    assertThat(user.updates(User.soundRelease(shared.resolve("v0.4"), "v0.4"), "v0.4").status())
        .isEqualTo(8);
    Files.delete(check);
  }

  private void damageABackup() throws Exception {
    Damage.flip(user.backups().resolve("v0.3.9/hooks.tar.gz"), 40);
    Tools.must("rm", "-rf", user.claude());
  }

  private void damageTheTrail() throws Exception {
    Path log = user.rollbackHome().resolve("audit/operations.log");
    Files.writeString(log, Files.readString(log).replaceFirst("\"success\"", "\"failed\""));
  }

  /** A distribution whose runtime is there and does not start. */
  private void breakJava() throws Exception {
    distribution = shared.resolve("broken");
    Files.createDirectories(distribution.resolve("runtime/bin"));
    Tools.must("cp", "-r", Distribution.HOME.resolve("bin"), distribution);
    Tools.must("cp", Distribution.HOME.resolve("build-id"), distribution);
    User.write(distribution.resolve("runtime/bin/java.sh"), "#!/bin/sh\nexit 1\n");
    Files.move(
        distribution.resolve("runtime/bin/java.sh"), distribution.resolve("runtime/bin/java"));
    Files.delete(user.claude().resolve("hooks/guard.py"));
  }

  @Test
  void launcher_runtimeMissing_saysWhereTheScriptIs() throws Exception {
    Path place = shared.resolve("no-java");
    Files.createDirectories(place);
    Tools.must("cp", "-r", Distribution.HOME.resolve("bin"), place);

    Run status = Run.of(user.variables(), place.resolve("bin/stravinsky"), "status");
    assertThat(status.status()).isEqualTo(1);
    assertThat(status.err())
        .contains("the Java part of this installation is missing")
        .contains("-> " + place.resolve("bin/stravinsky-rescue"));

    Run emergency =
        Run.of(
            user.variables(),
            place.resolve("bin/stravinsky"),
            "--home",
            user.home().resolve("else where"),
            "recovery",
            "emergency",
            "--apply");
    assertThat(emergency.status()).as(emergency.toString()).isEqualTo(7);
    assertThat(emergency.out()).contains("'" + user.home().resolve("else where") + "'");
  }

  @Test
  void blocks_inAFormThatNoTestRuns_areRefused() {
    for (String wrong :
        List.of("# A\n```sh\nls\n```\n", "# A\n\n    ls -l\n", "```console\nls\n```\n")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> GuideBlock.of(wrong))
          .as(wrong)
          .isInstanceOf(AssertionError.class);
    }
    GuideBlock block = GuideBlock.of("# A\n```console\n$ x\none\n...\nthree\n```\n").getFirst();
    assertThat(block.steps().getFirst().complaint(new Run(0, "one\n2\n2\nthree\n", ""))).isEmpty();
    assertThat(block.steps().getFirst().complaint(new Run(0, "one\ntwo\n", ""))).isNotEmpty();
    assertThat(block.steps().getFirst().complaint(new Run(1, "one\nthree\n", ""))).isNotEmpty();
  }
}
