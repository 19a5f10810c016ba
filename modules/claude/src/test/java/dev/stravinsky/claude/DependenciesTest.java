package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.dependencies.Dependencies;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DependenciesTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    for (String program : List.of("python3", "node", "bash", "uv", "npx", "env", "timeout", "jq")) {
      sandbox.withCommand(program);
    }
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~/.claude/hooks/x.py",
        "$HOME/.claude/hooks/x.py",
        "${HOME}/.claude/hooks/x.py",
        "\"$HOME/.claude/hooks/x.py\"",
        "\"$HOME\"/.claude/hooks/x.py --flag",
        "'/home/tester/.claude/hooks/x.py' a b",
        "python3 ~/.claude/hooks/x.py",
        "python3 -u -W ignore ~/.claude/hooks/x.py --verbose",
        "/usr/bin/python3 ~/.claude/hooks/x.py",
        "env A=1 python3 ~/.claude/hooks/x.py",
        "A=1 B=2 python3 ~/.claude/hooks/x.py",
        "uv run ~/.claude/hooks/x.py",
        "uv run --script --with requests ~/.claude/hooks/x.py",
        "uv run python ~/.claude/hooks/x.py",
        "npx tsx ~/.claude/hooks/x.py",
        "npx -y ts-node ~/.claude/hooks/x.py",
        "node --require ./a ~/.claude/hooks/x.py",
        "bash ~/.claude/hooks/x.py",
        "bash -c '~/.claude/hooks/x.py arg'",
        "bash -lc \"python3 $HOME/.claude/hooks/x.py\"",
        "timeout 5 python3 ~/.claude/hooks/x.py",
        "exec ~/.claude/hooks/x.py",
        "source ~/.claude/hooks/x.py",
        "echo hi; python3 ~/.claude/hooks/x.py",
        "echo hi && ~/.claude/hooks/x.py",
        "cat | ~/.claude/hooks/x.py",
        "~/.claude/hooks/x.py > /dev/null 2>&1",
        "~/.claude/hooks/x.py < /dev/null # comment",
        "~/.claude/hooks/../hooks/x.py"
      })
  void check_namedScript_blocksIfMissingAndPassesIfThere(String command) throws Exception {
    hook(command);
    assertThat(Contexts.blocking(findings()))
        .as("missing: %s", command)
        .singleElement()
        .matches(f -> f.kind() == ErrorKind.DEPENDENCY_MISSING)
        .matches(f -> f.file().orElseThrow().endsWith(".claude/settings.json"))
        .matches(f -> f.line().getAsInt() == 7)
        .matches(f -> f.message().contains("/home/tester/.claude/hooks/x.py"));

    script(".claude/hooks/x.py", 0755);
    assertThat(findings()).as("there: %s", command).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$UNKNOWN/x.py",
        "python3 \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/x.py",
        "${CLAUDE_PLUGIN_ROOT}/x.sh",
        "$(which python3) x.py",
        "`brew --prefix`/bin/x",
        "python3 -c 'import os'",
        "python3 -m mypackage /no/such",
        "node -e 'x'",
        "bash -c 'echo hi'",
        "uv run mytool",
        "npx prettier --write .",
        "echo done",
        "exit 0",
        "/usr/bin/*.sh",
        "python3 hooks/relative.py",
        "~other/x.sh",
        "jq -r .tool_input.file_path",
        "printf '%s' x"
      })
  void check_whatCannotBeKnown_isLeftAlone(String command) throws Exception {
    hook(command);

    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ -f ~/.claude/hooks/x.py ] && ~/.claude/hooks/x.py",
        "~/.claude/hooks/x.py || true",
        "if [ -x ~/.claude/hooks/x.py ]; then ~/.claude/hooks/x.py; fi",
        "test -f x && ~/.claude/hooks/x.py",
        "cd /tmp && ~/.claude/hooks/x.py"
      })
  void check_commandThatMayBeMeantToFail_atMostWarns(String command) throws Exception {
    hook(command);

    assertThat(findings()).allMatch(f -> f.severity() == Severity.WARN);
  }

  @Test
  void check_missingProgram_warns() throws Exception {
    hook("terminal-notifier -message hi");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.message().contains("terminal-notifier"));
  }

  @Test
  void check_missingStatusLineScript_onlyWarns() throws Exception {
    settings("{\"statusLine\": {\"type\": \"command\", \"command\": \"~/.claude/line.sh\"}}");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.message().contains("status line"));
  }

  @Test
  void check_notExecutable_blocksOnlyIfStartedItself() throws Exception {
    script(".claude/hooks/x.py", 0644);
    hook("~/.claude/hooks/x.py");
    assertThat(Contexts.blocking(findings()))
        .singleElement()
        .matches(f -> f.message().contains("not executable"));

    hook("python3 ~/.claude/hooks/x.py");
    assertThat(findings()).isEmpty();
  }

  @Test
  void check_interpreterOfAScriptStartedItself_isLookedUp() throws Exception {
    hook("~/.claude/hooks/x.py");
    for (String line :
        List.of("#!/usr/bin/python3", "#! /usr/bin/env python3 -u", "no such line")) {
      script(".claude/hooks/x.py", line + "\n", 0755);
      assertThat(findings()).as(line).isEmpty();
    }

    script(".claude/hooks/x.py", "#!/opt/python/bin/python3 -u\n", 0755);
    assertThat(Contexts.blocking(findings()))
        .singleElement()
        .matches(f -> f.message().endsWith("there is no /opt/python/bin/python3"));

    script(".claude/hooks/x.py", "#!/usr/bin/env -S none --flag\n", 0755);
    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN && f.message().contains("\"none\""));
  }

  @Test
  void check_firstLineEndsAsOnWindows_blocksOnlyIfStartedItself() throws Exception {
    script(".claude/hooks/x.py", "#!/usr/bin/env python3\r\nx = 1\r\n", 0755);
    hook("~/.claude/hooks/x.py");
    assertThat(Contexts.blocking(findings()))
        .singleElement()
        .matches(f -> f.message().contains("carriage return"));

    hook("python3 ~/.claude/hooks/x.py");
    assertThat(findings()).isEmpty();
  }

  @Test
  void check_folderInPlaceOfTheScript_blocks() throws Exception {
    Files.createDirectories(sandbox.claude().resolve("hooks/x.py"));
    hook("python3 ~/.claude/hooks/x.py");

    assertThat(Contexts.blocking(findings()))
        .singleElement()
        .matches(f -> f.message().contains("is a folder"));
  }

  @Test
  void check_hooksDisabled_onlyWarns() throws Exception {
    settings(
        """
        {"disableAllHooks": true, "hooks": {"Stop": [{"hooks": [
          {"type": "command", "command": "~/.claude/hooks/none.sh"}]}]}}
        """);

    assertThat(findings()).singleElement().matches(f -> f.severity() == Severity.WARN);
  }

  @Test
  void check_argumentsApart_areTakenAsTheyAre() throws Exception {
    settings(
        """
        {"hooks": {"Stop": [{"hooks": [
          {"type": "command", "command": "python3", "args": ["$HOME/.claude/hooks/a b.py"]}]}]}}
        """);
    assertThat(Contexts.blocking(findings())).hasSize(1);

    script(".claude/hooks/a b.py", 0644);
    assertThat(findings()).isEmpty();
  }

  @Test
  void check_hooksFolderIsALink_scriptIsFoundBehindIt() throws Exception {
    Path dotfiles = Files.createDirectories(sandbox.userHome().resolve("dotfiles/hooks"));
    Files.createSymbolicLink(sandbox.claude().resolve("hooks"), dotfiles);
    script("dotfiles/hooks/x.py", 0644);
    hook("python3 ~/.claude/hooks/x.py");

    assertThat(findings()).isEmpty();
  }

  @Test
  void check_linkToAScriptElsewhere_isFollowed() throws Exception {
    Path real = script("bin/real.py", 0755);
    Files.createDirectories(sandbox.claude().resolve("hooks"));
    Files.createSymbolicLink(sandbox.claude().resolve("hooks/x.py"), real);
    hook("~/.claude/hooks/x.py");
    assertThat(findings()).isEmpty();

    Files.delete(real);
    assertThat(Contexts.blocking(findings())).hasSize(1);
  }

  @Test
  void check_projectSettings_areResolvedInTheProject() throws Exception {
    sandbox.write(
        sandbox.project().resolve(".claude/settings.json"),
        json("$CLAUDE_PROJECT_DIR/.claude/hooks/x.sh"));
    Scope project = Scope.project(sandbox.project());
    assertThat(new Dependencies().check(Contexts.live(sandbox, project)))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK);

    script("work/project/.claude/hooks/x.sh", 0755);
    assertThat(new Dependencies().check(Contexts.live(sandbox, project))).isEmpty();
  }

  @Test
  void check_relativeScriptInProject_isFoundFromItsRoot() throws Exception {
    sandbox.write(
        sandbox.project().resolve(".claude/settings.json"), json("python3 .claude/hooks/x.py"));
    Scope project = Scope.project(sandbox.project());

    assertThat(new Dependencies().check(Contexts.live(sandbox, project)))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK);
  }

  @Test
  void check_scriptThatTheResultWouldNotHave_blocksThoughItIsLive() throws Exception {
    script(".claude/hooks/x.py", 0755);
    hook("~/.claude/hooks/x.py");
    CheckContext live = Contexts.live(sandbox, Scope.USER);
    List<TargetView> without =
        live.targets().stream()
            .map(v -> v.target().name().equals("hooks") ? new TargetView(v.target(), List.of()) : v)
            .toList();

    assertThat(new Dependencies().check(with(live, without, Map.of(), List.of()))).hasSize(1);
  }

  @Test
  void check_scriptStillInStaging_hasTheModeThatItIsGoingToHave() throws Exception {
    hook("~/.claude/hooks/x.py");
    Path staged = script("staging/x.py", 0600);
    CheckContext live = Contexts.live(sandbox, Scope.USER);
    TargetView hooks = live.target("hooks", Scope.USER).orElseThrow();
    EntryPath path = EntryPath.of("x.py");
    var node = new TargetView.Node(path, staged, Optional.empty(), Origin.RELEASE);
    List<TargetView> result =
        live.targets().stream()
            .map(v -> v == hooks ? new TargetView(v.target(), List.of(node)) : v)
            .toList();
    EntryState state = new EntryState.Regular(Sha256.of(new byte[0]), 0, 0755);

    assertThat(
            new Dependencies()
                .check(
                    with(
                        live,
                        result,
                        Map.of(new TargetPath(hooks.target(), path), state),
                        List.of())))
        .isEmpty();
    assertThat(new Dependencies().check(with(live, result, Map.of(), List.of()))).hasSize(1);
  }

  @Test
  void check_programThatTheReleaseRequires_blocks() throws Exception {
    CheckContext live = Contexts.live(sandbox, Scope.USER);

    assertThat(
            new Dependencies()
                .check(with(live, live.targets(), Map.of(), List.of("jq", "no-such-program"))))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.message().contains("no-such-program"));
  }

  @Test
  void check_interpreterOnAMadeUpDisk_isNotStarted() throws Exception {
    script(".claude/hooks/x.py", "import none\n", 0644);
    hook("/usr/bin/python3 ~/.claude/hooks/x.py");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.INFO)
        .matches(f -> f.message().endsWith("not checked: no /usr/bin/python3 that can be run"));
  }

  @Test
  void check_configDirElsewhere_isHonoured() throws Exception {
    sandbox.withVariable("CLAUDE_CONFIG_DIR", "/home/tester/conf");
    sandbox.write(
        sandbox.userHome().resolve("conf/settings.json"), json("$CLAUDE_CONFIG_DIR/hooks/x.py"));
    hook("~/.claude/hooks/not-asked-about.py");
    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.file().orElseThrow().endsWith("conf/settings.json"))
        .matches(f -> f.message().contains("/home/tester/conf/hooks/x.py"));

    script("conf/hooks/x.py", 0755);
    assertThat(findings()).isEmpty();
  }

  @Test
  void check_brokenSettings_nameNothing() throws Exception {
    settings("{broken");

    assertThat(findings()).isEmpty();
  }

  private static CheckContext with(
      CheckContext c,
      List<TargetView> targets,
      Map<TargetPath, EntryState> expected,
      List<String> required) {
    return new CheckContext(
        c.phase(),
        c.scope(),
        targets,
        expected,
        c.changed(),
        c.fromVersion(),
        c.toVersion(),
        required,
        0,
        c.settings(),
        c.home(),
        c.userHome(),
        c.workingDirectory(),
        c.variables(),
        c.clock(),
        c.cancellation());
  }

  private void hook(String command) throws IOException {
    settings(json(command));
  }

  private static String json(String command) {
    return """
    {
      "model": "x",
      "hooks": {
        "PreToolUse": [
          {"matcher": "Bash", "hooks": [
            {"type": "command",
             "command": %s}]}]}}
    """
        .formatted(new JsonMapper().writeValueAsString(command));
  }

  private void settings(String json) throws IOException {
    sandbox.write(sandbox.claude().resolve("settings.json"), json);
  }

  private Path script(String name, int mode) throws IOException {
    return script(name, "x = 1\n", mode);
  }

  private Path script(String name, String content, int mode) throws IOException {
    return sandbox.write(
        sandbox.userHome().resolve(name), content.getBytes(StandardCharsets.UTF_8), mode);
  }

  private List<Finding> findings() throws Exception {
    return Contexts.findings(sandbox, new Dependencies());
  }
}
