package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.documents.CommandsParse;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsParseTest {
  private static final String AGENT = "---\nname: a\ndescription: Does it\n---\nText\n";
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  static Stream<String> sound() {
    return Stream.of(
        "Just text\n",
        "",
        "# Title\n\n---\n\nAfter a rule\n",
        "---\n\nA rule at the top, not front matter\n",
        "---\n---\nEmpty front matter\n",
        "---\ndescription: Does it\n---\n",
        "---\r\ndescription: Does it\r\n---\r\nText\r\n",
        "---\ndescription: \"Quoted: text\"\nmodel: opus\n---\n",
        "---\nallowed-tools: Bash(git add:*), Bash(git status:*)\n---\n",
        "---\nallowed-tools:\n  - Read\n  - Bash(npm run test:*)\n---\n",
        "---\nargument-hint: [message]\n---\n",
        "---\ndescription: >\n  Folded\n  text: here\n---\n",
        "---\ndescription: |\n  Kept\n---\n",
        "---\ndisable-model-invocation: true\n---\n",
        "---\nhooks:\n  PreToolUse:\n    - matcher: Bash\n---\n",
        "---\n# a comment\ndescription: x\n---\n",
        "\uFEFF---\ndescription: x\n---\n");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(2, "---\ndescription: \"never closed\nmodel: x\n---\n"),
        Arguments.of(2, "---\nallowed-tools: [Read, Write\nmodel: x\n---\n"),
        Arguments.of(2, "---\ndescription: [Read, Write\nmodel: x\n---\n"),
        Arguments.of(1, "---\ndescription: no end\n\nText\n"),
        Arguments.of(3, "---\nmodel: a\n\tdescription: tab\n---\n"),
        Arguments.of(3, "---\nmodel: a\n bad indent: x\n---\n"),
        Arguments.of(2, "---\nmodel: a: b\n---\n"),
        Arguments.of(2, "---\n: : :\n---\n"),
        Arguments.of(2, "---\n- a\n- b\n---\n"),
        Arguments.of(2, "---\nonly words\n---\n"),
        Arguments.of(2, "---\nmodel: *unknown\n---\n"),
        Arguments.of(2, "---\nallowed-tools: {a: b\n---\n"));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void check_soundCommand_findsNothing(String content) throws Exception {
    write("commands/a.md", content);

    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void check_brokenCommand_blocksWithFileAndLine(int line, String content) throws Exception {
    Path file = write("commands/deep/a.md", content);

    List<Finding> findings = findings();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.BLOCK);
    assertThat(findings.getFirst().kind()).isEqualTo(ErrorKind.PARSE_ERROR);
    assertThat(findings.getFirst().file()).contains(file);
    assertThat(Math.abs(findings.getFirst().line().orElseThrow() - line))
        .as("line %s", findings.getFirst().line())
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nargument-hint: [pr-number] [priority] [assignee]\n---\n",
        "---\ndescription: Fix this: and that\n---\n",
        "---\ndescription: @file and `code`\n---\n"
      })
  void check_whatClaudeCodeReadsAnyway_onlyWarns(String content) throws Exception {
    write("commands/a.md", content);

    assertThat(findings()).singleElement().extracting(Finding::severity).isEqualTo(Severity.WARN);
  }

  @Test
  void check_agent_needsNameAndDescription() throws Exception {
    write("agents/good.md", AGENT);
    write("agents/nameless.md", "---\ndescription: x\n---\n");
    write("agents/silent.md", "---\nname: x\ndescription:\n---\n");
    write("agents/README.md", "About the agents\n");
    write("agents/notes.md", "Some notes\n");

    List<Finding> findings = findings();

    assertThat(Contexts.blocking(findings))
        .extracting(f -> f.file().orElseThrow().getFileName() + ": " + f.message())
        .containsExactly(
            "nameless.md: the front matter has no name",
            "silent.md: the front matter has no description");
    assertThat(findings).hasSize(3);
  }

  @Test
  void check_skills_onlyTheirOwnDocument() throws Exception {
    write("skills/pdf/SKILL.md", "---\nname: pdf\ndescription: x\n---\n");
    write("skills/pdf/reference.md", "---\nbad: [\n---\n");
    write("skills/bad/SKILL.md", "---\nname: [\n---\n");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.file().orElseThrow().endsWith("skills/bad/SKILL.md"));
  }

  @Test
  void check_twoOfOneName_warnOnceForEachClash() throws Exception {
    write("agents/a.md", AGENT);
    write("agents/deep/b.md", AGENT.replace("name: a", "model: x\nname: A"));
    write("commands/deploy.md", "x\n");
    write("commands/team/deploy.md", "x\n");
    write("skills/deploy/SKILL.md", "---\ndescription: x\n---\n");
    write("output-styles/deploy.md", "x\n");

    assertThat(findings())
        .allMatch(f -> f.severity() == Severity.WARN)
        .extracting(
            f ->
                f.file().orElseThrow().getFileName()
                    + ":"
                    + f.line().getAsInt()
                    + " "
                    + f.message())
        .containsExactlyInAnyOrder(
            "b.md:3 has the name A like agents/a.md: one hides the other",
            "SKILL.md:1 has the name deploy like commands/deploy.md: one hides the other");
  }

  @Test
  void check_sameNameAtUserAndProject_isNoClash() throws Exception {
    write("agents/a.md", AGENT);
    sandbox.write(sandbox.project().resolve(".claude/agents/a.md"), AGENT);
    var targets = new ArrayList<>(Contexts.live(sandbox, Scope.USER).targets());
    targets.addAll(Contexts.live(sandbox, Scope.project(sandbox.project())).targets());

    assertThat(new CommandsParse().check(CheckContexts.in(sandbox).targets(targets).build()))
        .isEmpty();
  }

  @Test
  void check_moreThanTwoMebibytes_blocks() throws Exception {
    write("commands/large.md", "x".repeat(2 * 1024 * 1024 + 1));
    write("commands/just.md", "x".repeat(2 * 1024 * 1024));

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK && f.message().contains("2 MiB"))
        .matches(f -> f.file().orElseThrow().endsWith("large.md"));
  }

  @Test
  void check_noUtf8_warns() throws Exception {
    sandbox.write(
        sandbox.claude().resolve("commands/a.md"),
        "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1),
        0644);

    assertThat(findings()).singleElement().matches(f -> f.severity() == Severity.WARN);
  }

  @Test
  void check_otherFiles_areLeftAlone() throws Exception {
    write("commands/data.yaml", "a: [\n");
    write("commands/x.txt", "---\na: [\n---\n");

    assertThat(findings()).isEmpty();
  }

  private Path write(String name, String content) throws IOException {
    return sandbox.write(sandbox.claude().resolve(name), content);
  }

  private List<Finding> findings() throws Exception {
    return Contexts.findings(sandbox, new CommandsParse());
  }
}
