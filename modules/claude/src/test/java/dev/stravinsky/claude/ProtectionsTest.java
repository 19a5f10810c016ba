package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.claude.protections.Protections;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an update would leave off; before is what is live, after what is staged. */
class ProtectionsTest {
  private Sandbox sandbox;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
    for (String folder : List.of("home", "staged/user", "staged/project")) {
      Files.createDirectories(sandbox.root().resolve(folder));
    }
    before("hooks/guard.sh", "#!/bin/sh\nexit 2\n");
    after("hooks/guard.sh", "#!/bin/sh\nexit 2\n");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bash; Bash",
        "Bash; *",
        "Bash; ''",
        "''; *",
        "*; .*",
        "Edit|Write; Write|Edit",
        "Bash; Edit|Bash",
        "Bash; B.*",
        "mcp__.*; mcp__.*",
        "Edit|mcp__.*; mcp__.*|Edit|Read"
      })
  void check_matcherThatSeesAsMuch_findsNothing(String old, String now) throws Exception {
    before("settings.json", hook("PreToolUse", quoted(old), "guard.sh", ""));
    after("settings.json", hook("PreToolUse", quoted(now), "guard.sh", ""));

    assertThat(found()).isEmpty();
  }

  @Test
  void check_matcherThatSeesLess_isNarrowed() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash|Edit|Write\"", "guard.sh", ""));
    after("settings.json", hook("PreToolUse", "\"Edit\"", "guard.sh", ""));
    assertThat(found())
        .containsExactly(
            "BLOCK settings.json:3 protection off: the PreToolUse hook guard.sh for Bash|Edit|Write"
                + " would no longer see Bash, Write");

    before("settings.json", hook("PreToolUse", "\"*\"", "guard.sh", ""));
    assertThat(found()).singleElement().asString().contains("no longer see every tool");

    before("settings.json", hook("PreToolUse", "\"mcp__(a|b)__.*\"", "guard.sh", ""));
    assertThat(found()).singleElement().asString().endsWith("no longer see mcp__(a|b)__.*");
  }

  @ParameterizedTest
  @CsvSource({
    "PreToolUse, BLOCK",
    "PermissionRequest, BLOCK",
    "UserPromptSubmit, BLOCK",
    "ConfigChange, BLOCK",
    "Stop, WARN",
    "TaskCompleted, WARN",
    "PostToolUse, ''",
    "SessionStart, ''"
  })
  void check_hookGone_dependsOnWhatItCouldPrevent(String event, String severity) throws Exception {
    before("settings.json", hook(event, "\"\"", "guard.sh", ""));
    after("settings.json", "{}");

    List<String> found = found();

    assertThat(found).hasSize(severity.isEmpty() ? 0 : 1);
    assertThat(found)
        .allMatch(f -> f.startsWith(severity + " settings.json:3 protection "))
        .allMatch(f -> f.endsWith("the " + event + " hook guard.sh would be gone"));
  }

  @Test
  void check_settingsFileGone_findsAllThatWasInIt() throws Exception {
    before("settings.json", deny("Read(.env)", "Bash(rm *)"));

    assertThat(found())
        .containsExactly(
            "BLOCK settings.json:3 protection off: the rule that denies Read(.env) would be gone",
            "BLOCK settings.json:4 protection off: the rule that denies Bash(rm *) would be gone");
  }

  @Test
  void check_handlerOfEachTypeGone_isNamedWithoutItsSecrets() throws Exception {
    before(
        "settings.json",
        """
        {"hooks": {"PreToolUse": [{"hooks": [
          {"type": "command", "command": "curl -H 'x: secret' https://host"},
          {"type": "http", "url": "https://user:secret@hooks.example/secret?token=secret"},
          {"type": "prompt", "prompt": "Is it safe? secret"},
          {"type": "agent", "prompt": "Verify it secret"},
          {"type": "mcp_tool", "server": "policy", "tool": "judge"}
        ]}]}}
        """);
    after("settings.json", "{}");

    assertThat(found())
        .hasSize(5)
        .noneMatch(f -> f.contains("secret"))
        .allMatch(f -> f.startsWith("BLOCK"))
        .anyMatch(f -> f.contains("hook curl would"))
        .anyMatch(f -> f.contains("hook at hooks.example would"))
        .anyMatch(f -> f.contains("hook policy/judge would"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"async\": true', would be gone",
    "'\"asyncRewake\": true', would be gone",
    "'\"once\": true', would run only once in a session",
    "'\"if\": \"Bash(git *)\"', would run only if Bash(git *)"
  })
  void check_hookThatCouldBlockLess_isFound(String change, String said) throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ", " + change));

    assertThat(found()).singleElement().asString().startsWith("BLOCK").endsWith(said);
  }

  @Test
  void check_sameScriptWrittenOtherwise_findsNothing() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after(
        "settings.json",
        """
        {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [
          {"type": "command", "command": "bash \\"$HOME/.claude/hooks/guard.sh\\" --strict",
           "timeout": 5}]}]}}
        """);

    assertThat(found()).isEmpty();
  }

  @Test
  void check_newHookForTheSame_onlyWarns() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after("settings.json", hook("PreToolUse", "\"Bash|Edit\"", "other.sh", ""));
    after("hooks/other.sh", "exit 2\n");

    assertThat(found())
        .containsExactly(
            "WARN settings.json:3 protection changed: the PreToolUse hook guard.sh for Bash would"
                + " be replaced by other.sh");
  }

  @Test
  void check_anotherHookThatWasThereBefore_replacesNothing() throws Exception {
    String other = hook("PreToolUse", "\"*\"", "other.sh", "");
    before("hooks/other.sh", "exit 0\n");
    after("hooks/other.sh", "exit 0\n");
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    before("settings.local.json", other);
    after("settings.local.json", other);
    after("settings.json", "{}");

    assertThat(found()).singleElement().asString().startsWith("BLOCK").endsWith("would be gone");
  }

  @Test
  void check_movedBetweenFilesOfOneLevel_findsNothing() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    before("settings.local.json", deny("A", "B"));
    after("settings.local.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after("settings.json", deny("C", "B", "A"));

    assertThat(found()).isEmpty();
  }

  @Test
  void check_matcherSplitOverGroups_findsNothing() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash|Edit\"", "guard.sh", ""));
    after("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after("settings.local.json", hook("PreToolUse", "\"Edit\"", "guard.sh", ""));

    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bash(rm *); Bash",
        "Bash(rm:*); Bash(rm *)",
        "Bash(rm -rf *); Bash(rm *)",
        "Read(./.env); Read(.env)",
        "Read(./secrets/a); Read(./secrets/**)",
        "Read(.env); Read(*)",
        "mcp__a__b; mcp__a",
        "mcp__a__b; mcp__a__*",
        "WebFetch; WebFetch",
        "Bash(rm); Bash(rm *)"
      })
  void check_ruleThatDeniesAsMuch_findsNothing(String old, String now) throws Exception {
    before("settings.json", deny(old));
    after("settings.json", deny("Other", now));

    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bash; Bash(rm *)", "Bash(rm *); Bash(rm -rf *)", "Read(.env); Read(.envrc)",
        "mcp__a; mcp__a__b", "Read(.env); Edit(.env)", "Bash(rm *); Bash(rmdir *)"
      })
  void check_ruleThatDeniesLess_isFound(String old, String now) throws Exception {
    before("settings.json", deny(old));
    after("settings.json", deny(now));

    assertThat(found())
        .containsExactly(
            "BLOCK settings.json:3 protection off: the rule that denies " + old + " would be gone");
  }

  @Test
  void check_askedBefore_blocksIfItWouldBeAllowed() throws Exception {
    before("settings.json", "{\"permissions\": {\n\"ask\": [\"Bash(git push *)\"]}}");
    after("settings.json", "{\"permissions\": {\"allow\": [\"Bash(git *)\"]}}");
    assertThat(found())
        .containsExactly(
            "BLOCK settings.json:2 protection off: nobody would be asked about Bash(git push *),"
                + " it would be allowed");

    after("settings.json", "{\"permissions\": {\"allow\": [\"Bash(ls *)\"]}}");
    assertThat(found()).singleElement().asString().startsWith("WARN");

    after("settings.json", "{\"permissions\": {\"deny\": [\"Bash(git push *)\"]}}");
    assertThat(found()).isEmpty();
  }

  @Test
  void check_deniedBefore_askedAfter_blocks() throws Exception {
    before("settings.json", deny("Bash(rm *)"));
    after("settings.json", "{\"permissions\": {\"ask\": [\"Bash\"]}}");

    assertThat(found())
        .singleElement()
        .asString()
        .startsWith("BLOCK")
        .endsWith("only be asked about");
  }

  @Test
  void check_switchesAndSandbox_areProtectionsToo() throws Exception {
    before(
        "settings.json",
        """
        {"permissions": {"disableBypassPermissionsMode": "disable",
          "disableAutoMode": "disable"},
         "sandbox": {"enabled": true,
          "allowUnsandboxedCommands": false,
          "filesystem": {"denyRead": ["~/.ssh"]},
          "network": {"deniedDomains": ["x.example"]}}}
        """);
    after("settings.json", "{\"sandbox\": {\n\"enabled\": false}}");

    assertThat(found())
        .allMatch(f -> f.startsWith("BLOCK"))
        .extracting(f -> f.replaceAll("BLOCK settings.json:(\\d+) protection off: ", "$1 "))
        .containsExactlyInAnyOrder(
            "1 permissions.disableBypassPermissionsMode would be gone",
            "2 permissions.disableAutoMode would be gone",
            "2 sandbox.enabled would no longer be true",
            "4 sandbox.allowUnsandboxedCommands would no longer be false",
            "5 ~/.ssh would be gone from the sandbox's denyRead",
            "6 x.example would be gone from the sandbox's deniedDomains");
  }

  @Test
  void check_allHooksSwitchedOff_isOneFinding() throws Exception {
    before("settings.json", hook("PreToolUse", "\"Bash\"", "guard.sh", ""));
    after(
        "settings.json",
        hook("PreToolUse", "\"Bash\"", "guard.sh", "")
            .replaceFirst("\\{", "{\"disableAllHooks\": true,"));
    assertThat(found())
        .containsExactly(
            "BLOCK settings.json:1 protection off: disableAllHooks would switch off all hooks");

    after("settings.local.json", "{\"disableAllHooks\": false}");
    assertThat(found()).isEmpty();
  }

  @Test
  void check_hooksWereOffBefore_onlyWarns() throws Exception {
    before(
        "settings.json",
        hook("PreToolUse", "\"Bash\"", "guard.sh", "")
            .replaceFirst("\\{", "{\"disableAllHooks\": true,"));
    after("settings.json", "{\"disableAllHooks\": true}");

    assertThat(found()).singleElement().asString().startsWith("WARN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'{\n \"a\": 1,\n}'; 3; it is not JSON",
        "'{\n \"env\": {\n \"PORT\": 80}}'; 3; env.PORT must be a string",
        "'{\"hooks\": {\"PreToolUse\": [\n {\"matcher\": [\"Bash\"], \"hooks\": []}]}}'; 2; matcher"
      })
  void check_fileThatWouldNotBeRead_isOneFinding(String content, int line, String why)
      throws Exception {
    before(
        "settings.json",
        "{\"permissions\": {\"deny\": [\"A\", \"B\"]}, "
            + hook("PreToolUse", "\"\"", "guard.sh", "").substring(1));
    after("settings.json", content);

    assertThat(found())
        .singleElement()
        .asString()
        .startsWith(
            "BLOCK settings.json:" + line + " protection off: 3 protections stand in a file that")
        .contains(why);

    after("settings.local.json", Files.readString(sandbox.claude().resolve("settings.json")));
    assertThat(found()).as("they stand in the other file too").isEmpty();
  }

  @Test
  void check_fileThatWasNotReadBefore_isNoLossOfTheUpdate() throws Exception {
    String broken = deny("A").replaceFirst("\\{", "{\"env\": {\"PORT\": 80},");
    before("settings.json", broken);
    after("settings.json", broken);
    assertThat(found()).isEmpty();

    before("settings.json", "{broken");
    assertThat(found()).isEmpty();
  }

  @Test
  void check_scriptThatWouldNotRun_isFound() throws Exception {
    String settings = hook("PreToolUse", "\"Bash\"", "guard.sh", "");
    before("settings.json", settings);
    after("settings.json", settings);

    after("hooks/guard.sh", "#!/bin/sh\nif true; then\n");
    assertThat(found())
        .singleElement()
        .asString()
        .startsWith("BLOCK guard.sh:3 protection off: the PreToolUse hook guard.sh for Bash would")
        .contains("does not parse");

    after("hooks/guard.sh", " \n");
    assertThat(found()).singleElement().asString().endsWith("would have an empty script");

    sandbox.write(staged("hooks/guard.sh"), "exit 2\n".getBytes(StandardCharsets.UTF_8), 0644);
    assertThat(found())
        .singleElement()
        .asString()
        .contains("settings.json:3")
        .contains("not start");

    Files.delete(staged("hooks/guard.sh"));
    assertThat(found()).singleElement().asString().contains("would have no script: ");
  }

  @Test
  void check_scriptThatDidNotParseBefore_isNoLoss() throws Exception {
    String settings = hook("PreToolUse", "\"Bash\"", "guard.sh", "");
    before("settings.json", settings);
    after("settings.json", settings);
    before("hooks/guard.sh", "if true\n");
    after("hooks/guard.sh", "if false\n");

    assertThat(found()).isEmpty();
  }

  @Test
  void check_severalScripts_areAskedOfOneInterpreter() throws Exception {
    Path starts = sandbox.root().resolve("starts");
    Path bin = Files.createDirectories(sandbox.root().resolve("bin"));
    String counting =
        "#!/bin/sh\n[ $# -gt 0 ] || echo start >>" + starts + "\nexec /bin/sh \"$@\"\n";
    sandbox.write(bin.resolve("sh"), counting.getBytes(StandardCharsets.UTF_8), 0755);
    List<String> hooks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      before("hooks/guard" + i + ".sh", "#!/bin/sh\n# old\nexit 2\n");
      after("hooks/guard" + i + ".sh", "#!/bin/sh\n# new\nexit 2\n" + (i % 2 == 1 ? "fi\n" : ""));
      String command = "{\"type\": \"command\", \"command\": \"~/.claude/hooks/guard%d.sh\"}";
      hooks.add(command.formatted(i));
    }
    String settings =
        "{\"hooks\": {\"PreToolUse\": [{\"matcher\": \"Bash\", \"hooks\": " + hooks + "}]}}";
    before("settings.json", settings);
    after("settings.json", settings);

    sandbox.withVariable("PATH", bin.toString());
    assertThat(found())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("BLOCK guard1.sh:4") && line.contains("does not parse"))
        .anyMatch(line -> line.startsWith("BLOCK guard3.sh:4") && line.contains("does not parse"));
    // What is new, and of what does not parse now whether it did before.
    assertThat(Files.readAllLines(starts)).hasSize(2);
  }

  @Test
  void check_projectsOwn_mayBeCoveredByTheUsers() throws Exception {
    sandbox.write(sandbox.project().resolve(".claude/settings.json"), deny("A", "B"));
    before("settings.json", deny("A"));
    after("settings.json", deny("A"));
    sandbox.write(sandbox.root().resolve("staged/project/settings.json"), "{}");

    assertThat(found()).singleElement().asString().contains("denies B would be gone");
  }

  @Test
  void check_usersOwn_isNotCoveredByAProject() throws Exception {
    before("settings.json", deny("A"));
    sandbox.write(sandbox.project().resolve(".claude/settings.json"), deny("A"));
    sandbox.write(sandbox.root().resolve("staged/project/settings.json"), deny("A"));

    assertThat(found()).singleElement().asString().contains("denies A would be gone");
  }

  @Test
  void check_nothingIsInstalled_findsNothing() throws Exception {
    before("settings.json", deny("A"));
    CheckContext context = CheckContexts.in(sandbox).phase(Phase.STAGED).targets(result()).build();

    assertThat(new Protections().check(context)).isEmpty();
  }

  private static String quoted(String matcher) {
    return "\"" + matcher + "\"";
  }

  /** The hook stands in line 3. */
  private static String hook(String event, String matcher, String script, String more) {
    return """
    {"hooks": {"%s": [
      {"matcher": %s, "hooks": [
      {"type": "command", "command": "~/.claude/hooks/%s"%s}]}]}}
    """
        .formatted(event, matcher, script, more);
  }

  /** The first rule stands in line 3. */
  private static String deny(String... rules) {
    return "{\"permissions\": {\n\"deny\": [\n\"" + String.join("\",\n\"", rules) + "\"]}}";
  }

  private void before(String name, String content) throws IOException {
    sandbox.write(sandbox.claude().resolve(name), content.getBytes(StandardCharsets.UTF_8), 0755);
  }

  private void after(String name, String content) throws IOException {
    sandbox.write(staged(name), content.getBytes(StandardCharsets.UTF_8), 0755);
  }

  private Path staged(String name) {
    return sandbox.root().resolve("staged/user").resolve(name);
  }

  /** The targets with what is in the folders of the staged state. */
  private List<TargetView> result() throws IOException {
    List<TargetView> views = new ArrayList<>();
    for (Scope scope : List.of(Scope.USER, Scope.project(sandbox.project()))) {
      boolean user = scope instanceof Scope.User;
      Path live = user ? sandbox.claude() : sandbox.project().resolve(".claude");
      Path staged = sandbox.root().resolve(user ? "staged/user" : "staged/project");
      for (Target target :
          new ClaudeTargets().targets(scope, sandbox.environment(), DefaultSettings.get())) {
        if (target.root().startsWith(live)) {
          Path root = staged.resolve(live.relativize(target.root()).toString());
          Target there = new Target(target.name(), scope, root, target.files());
          views.add(new TargetView(target, TargetWalk.live(there).nodes()));
        }
      }
    }
    return views;
  }

  private List<String> found() throws Exception {
    CheckContext context =
        CheckContexts.in(sandbox).phase(Phase.STAGED).targets(result()).installing("v2").build();
    return new Protections().check(context).stream().map(ProtectionsTest::line).toList();
  }

  private static String line(Finding f) {
    return f.severity()
        + " "
        + f.file().orElseThrow().getFileName()
        + ":"
        + f.line().orElseThrow()
        + " "
        + f.message();
  }
}
