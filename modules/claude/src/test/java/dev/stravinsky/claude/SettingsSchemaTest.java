package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.settings.SettingsSchema;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shapes are in {@code settings-sound.txt} and {@code settings-broken.txt}: a title line that
 * begins with {@code ###} (with the line of the fault and a word of the message), then the file.
 */
class SettingsSchemaTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  record Shape(String title, String content) {
    int line() {
      return Integer.parseInt(title.substring(0, title.indexOf(' ')));
    }

    String word() {
      return title.substring(title.indexOf('|') + 1).strip();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Shape> sound() throws IOException {
    return shapes("settings-sound.txt");
  }

  static Stream<Shape> broken() throws IOException {
    return shapes("settings-broken.txt");
  }

  private static Stream<Shape> shapes(String resource) throws IOException {
    List<Shape> shapes = new ArrayList<>();
    try (var in = SettingsSchemaTest.class.getResourceAsStream(resource)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : all.split("(?m)^### ")) {
        if (!part.isBlank()) {
          int end = part.indexOf('\n');
          shapes.add(new Shape(part.substring(0, end), part.substring(end + 1)));
        }
      }
    }
    return shapes.stream();
  }

  @Test
  void tables_always_haveManyShapesEach_noneTwice() throws IOException {
    assertThat(sound().map(Shape::content)).hasSizeGreaterThanOrEqualTo(80).doesNotHaveDuplicates();
    assertThat(broken().map(Shape::content))
        .hasSizeGreaterThanOrEqualTo(100)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void check_soundSettings_blockNothing(Shape shape) throws Exception {
    write(shape.content());

    assertThat(Contexts.blocking(findings())).isEmpty();
    assertThat(Contexts.blocking(findingsOfAll())).isEmpty();
  }

  /** Of every check in each of its phases, in an update that leaves the file as it is. */
  private List<Finding> findingsOfAll() throws Exception {
    sandbox.write(sandbox.claude().resolve("hooks/x.py"), "print()\n");
    List<Finding> all = new ArrayList<>();
    for (Validator check : new ClaudeChecks().validators(sandbox.services())) {
      for (Phase phase : check.phases()) {
        var context = CheckContexts.in(sandbox).liveClaude().phase(phase).installing("v2").build();
        all.addAll(check.check(context));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void check_brokenSettings_blockAtTheLine(Shape shape) throws Exception {
    Path file = write(shape.content());

    List<Finding> blocking = Contexts.blocking(findings());

    assertThat(blocking)
        .isNotEmpty()
        .allMatch(f -> f.file().orElseThrow().equals(file))
        .allMatch(f -> f.kind() == ErrorKind.SCHEMA_ERROR)
        .anySatisfy(
            f -> {
              assertThat(f.line()).hasValue(shape.line());
              assertThat(f.message()).contains(shape.word());
            });
  }

  @Test
  void check_unknownEvent_warnsAndSaysWhatMayBeMeant() throws Exception {
    write("{\"hooks\": {\n \"preToolUses\": []}}");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.message().contains("is \"PreToolUse\" meant?"))
        .matches(f -> f.line().getAsInt() == 2);
  }

  @Test
  void check_unknownNames_onlyWarn() throws Exception {
    write(
        """
        {"brandNewKey": {"x": 1}, "permission": {},
         "permissions": {"defaultMode": "newMode", "newRule": 1},
         "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x", "newKey": 1}]}]}}
        """);

    assertThat(findings()).hasSize(3).allMatch(f -> f.severity() == Severity.WARN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "*",
        "Edit|Write",
        "mcp__.*",
        "a]",
        "a{2}",
        "a{",
        "x{,3}",
        "a*?",
        "a+?b",
        "a??",
        "[a-z]",
        "[\\w-z]",
        "[]",
        "[^]",
        "(?:a)",
        "(?i:a)",
        "(?<n>a)",
        "(?<=a)b",
        "(?=a)*",
        "a{99999999999999999999}",
        "[a-]",
        "[-a]",
        "^(?!Read).*$",
        "Bash(git *)",
        "a{1}?",
        "[[]",
        "}"
      })
  void check_matcherThatJavaScriptTakes_blocksNothing(String matcher) throws Exception {
    write(group(matcher));

    assertThat(findings()).isEmpty();
  }

  /** As {@code new RegExp} of Node.js says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*Bash", "(a", "a)", "[a", "a{2,1}", "{2}", "a**", "[z-a]", "(?i)a", "(?<1>a)", "a\\", "^*",
        "a|*", "(*a)", "a{1}{2}", "$*", "\\b+", "a{1}??"
      })
  void check_matcherThatDoesNotCompile_blocksWithItsLine(String matcher) throws Exception {
    write(group(matcher));

    assertThat(Contexts.blocking(findings()))
        .singleElement()
        .matches(f -> f.line().getAsInt() == 2)
        .matches(f -> f.message().contains("matcher is no regular expression: "));
  }

  private static String group(String matcher) {
    String json = new JsonMapper().writeValueAsString(matcher);
    return "{\"hooks\": {\"PreToolUse\": [{\n\"matcher\": " + json + ", \"hooks\": []}]}}";
  }

  @Test
  void check_sameHookTwice_warnsWithTheSecondsLine() throws Exception {
    write(
        """
        {"hooks": {"Stop": [
          {"matcher": "", "hooks": [{"type": "command", "command": "x"}]},
          {"matcher": "*", "hooks": [
            {"type": "command", "command": "y"},
            {"command": "x", "type": "command"}]}],
          "SubagentStop": [{"hooks": [{"type": "command", "command": "x"}]}]}}
        """);

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.line().getAsInt() == 5)
        .matches(f -> f.message().endsWith("is the same as hooks.Stop[0].hooks[0]"));
  }

  @Test
  void check_sameKeyTwice_warns() throws Exception {
    write("{\"model\": \"a\",\n\"model\": \"b\"}");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.message().contains("twice"));
  }

  @Test
  void check_emptyFile_warns() throws Exception {
    write(" \n");

    assertThat(findings()).singleElement().matches(f -> f.severity() == Severity.WARN);
  }

  @Test
  void check_linkToNowhere_warns() throws Exception {
    Files.createSymbolicLink(
        sandbox.claude().resolve("settings.json"), sandbox.root().resolve("nowhere"));

    assertThat(findings()).singleElement().matches(f -> f.severity() == Severity.WARN);
  }

  @Test
  void check_moreThanTwoMebibytes_blocks() throws Exception {
    write("{\"x\": \"" + "a".repeat(2 * 1024 * 1024) + "\"}");

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK && f.message().contains("2 MiB"));
  }

  @Test
  void check_localSettings_areCheckedToo() throws Exception {
    Path local = sandbox.write(sandbox.claude().resolve("settings.local.json"), "{");

    assertThat(findings()).singleElement().matches(f -> f.file().orElseThrow().equals(local));
  }

  @Test
  void check_severalFaults_areAllTold() throws Exception {
    write("{\"env\": {\"A\": 1,\n\"B\": 2},\n\"model\": 3}");

    assertThat(Contexts.blocking(findings())).hasSize(3);
  }

  private Path write(String content) throws IOException {
    return sandbox.write(sandbox.claude().resolve("settings.json"), content);
  }

  private List<Finding> findings() throws Exception {
    return Contexts.findings(sandbox, new SettingsSchema());
  }
}
