package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example plugin, built as a stranger builds it who types what the page says, and an
 * executable: dropped into the packaged distribution and the user's folders each blocks an update,
 * and is gone when its file is.
 */
class PluginsTest {
  private static final String EXAMPLE = "docs/examples/validator-plugin";
  private static final String BAD_HOOK = "#!/bin/sh\necho FORBIDDEN\n";
  private static final int BLOCKED = 4;

  @TempDir static Path shared;
  @TempDir Path directory;

  private static PluginsPage page;
  private static Path plugin;
  private Path launcher = Distribution.launcher();
  private String caches = Distribution.HOME.resolveSibling("test-cache").toString();
  private Path home;
  private Path release;

  /** How a command ended and what it printed. */
  private record Ended(int status, String printed) {}

  @BeforeAll
  static void buildExample() throws Exception {
    page = new PluginsPage(shared);
    page.type(1, 3);
    plugin = page.stranger().home().resolve("forbidden-words/target/forbidden-words-1.0.0.jar");
    assertThat(plugin).exists();
  }

  @BeforeEach
  void makeUserAndRelease() throws Exception {
    home = Files.createDirectories(directory.resolve("home"));
    Files.createDirectories(home.resolve(".claude/hooks"));
    release = directory.resolve("release");
    Files.createDirectories(release.resolve("hooks"));
    Files.writeString(release.resolve("hooks/greet.sh"), BAD_HOOK);
  }

  @Test
  void page_itsCommandsTyped_printWhatItShows() throws Exception {
    assertThat(PluginsPage.sections()).isEqualTo(6);
    page.type(4, 6);
  }

  @Test
  void page_code_isTheExamples() throws Exception {
    Path source = Path.of("src/main/java/com/example/forbidden/ForbiddenWords.java");

    assertThat(PluginsPage.code())
        .isEqualTo(Files.readString(Distribution.SOURCES.resolve(EXAMPLE).resolve(source)));
  }

  @Test
  void page_chaosTest_isTheExamplesAndWasRun() throws Exception {
    Path source =
        Distribution.SOURCES
            .resolve(EXAMPLE)
            .resolve("src/test/java/com/example/forbidden/ForbiddenWordsChaosTest.java");
    Path report =
        page.stranger()
            .home()
            .resolve("forbidden-words/target/surefire-reports")
            .resolve("TEST-com.example.forbidden.ForbiddenWordsChaosTest.xml");

    assertThat(Files.readString(Distribution.SOURCES.resolve("docs/plugins.md")))
        .contains("```java\n" + Files.readString(source) + "```\n");
    assertThat(Files.readString(report))
        .contains("failures=\"0\"", "errors=\"0\"", "skipped=\"0\"")
        .contains("check_anyFault_findsTheWordOrSaysThatItCannotLook")
        .doesNotContain("tests=\"1\"");
  }

  /** The suite of the testkit as it was published, and what the example's own tests say. */
  @Test
  void example_built_wasTestedByTheContractToo() throws Exception {
    Path report =
        page.stranger()
            .home()
            .resolve("forbidden-words/target/surefire-reports")
            .resolve("TEST-com.example.forbidden.ForbiddenWordsTest.xml");

    assertThat(Files.readString(report))
        .contains("check_hookWithTheWord_blocksInItsLine", "check_hostileFiles_returns")
        .contains("failures=\"0\"", "errors=\"0\"", "skipped=\"0\"");
  }

  @Test
  void plugin_inTheDistribution_blocksUntilItsFileIsRemoved() throws Exception {
    // One of its own: other tests run from the common one now.
    Path distribution = directory.resolve("distribution");
    Tools.must("cp", "-a", Distribution.HOME, distribution);
    launcher = distribution.resolve("bin/stravinsky");
    caches = "none"; // Two for as many starts take longer than they save.
    Path dropped = distribution.resolve("plugins/forbidden-words-1.0.0.jar");
    Files.copy(plugin, dropped);

    assertBlocks("plugin/forbidden-words");

    Files.delete(dropped);
    assertInstalls();
  }

  @Test
  void plugin_installedByTheUser_blocksUntilItIsRemoved() throws Exception {
    Ended installed = stravinsky("plugin", "install", plugin.toString());
    assertThat(installed.status()).describedAs(installed.printed()).isZero();
    assertThat(stravinsky("plugin", "list").printed())
        .contains("com.example.forbidden-words", "check:forbidden-words", "active");

    assertBlocks("plugin/forbidden-words");

    assertThat(stravinsky("plugin", "remove", "com.example.forbidden-words").status()).isZero();
    assertInstalls();
  }

  @Test
  void executable_inChecksD_blocksUntilItIsRemoved() throws Exception {
    Path check = home.resolve(".stravinsky/checks.d/no-forbidden.sh");
    Files.createDirectories(check.getParent());
    Files.writeString(
        check,
        """
        #!/bin/sh
        [ "$CHECK_PHASE" = STAGED ] || exit 0
        tr '{' '\\n' | sed -n 's/.*"type":"file".*"content":"\\([^"]*\\)".*/\\1/p' | while read -r file; do
          grep -q FORBIDDEN "$file" &&
            printf '{"severity":"BLOCK","message":"contains the word","file":"%s","line":2}\\n' "$file"
        done
        exit 0
        """);
    assertThat(check.toFile().setExecutable(true)).isTrue();

    assertBlocks("checks.d/no-forbidden");

    Files.delete(check);
    assertInstalls();
  }

  @Test
  void plugin_thatIsBroken_isReportedByName() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".stravinsky/plugins"));
    Files.write(folder.resolve("broken.jar"), new byte[0]);

    Ended checked = stravinsky("check");

    assertThat(checked.status()).describedAs(checked.printed()).isEqualTo(BLOCKED);
    assertThat(checked.printed()).contains("broken.jar", "the file is empty");
    assertThat(stravinsky("check", "--no-plugins").status()).isZero();
  }

  /** In a check of what is live, and in an update, which changes nothing. */
  private void assertBlocks(String id) throws Exception {
    Path live = home.resolve(".claude/hooks/mine.sh");
    Files.writeString(live, BAD_HOOK);
    Ended checked = stravinsky("check");
    assertThat(checked.status()).describedAs(checked.printed()).isEqualTo(BLOCKED);
    assertThat(checked.printed()).contains(id, "mine.sh:2");
    Files.delete(live);

    Ended updated = stravinsky("update", release.toString(), "--version", "v1");
    assertThat(updated.status()).describedAs(updated.printed()).isEqualTo(BLOCKED);
    assertThat(updated.printed()).contains(id, "greet.sh:2");
    assertThat(home.resolve(".claude/hooks")).isEmptyDirectory();
  }

  private void assertInstalls() throws Exception {
    Ended updated = stravinsky("update", release.toString(), "--version", "v1");
    assertThat(updated.status()).describedAs(updated.printed()).isZero();
    assertThat(home.resolve(".claude/hooks/greet.sh")).hasContent(BAD_HOOK.strip());
  }

  private Ended stravinsky(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    return run(
        Map.of(
            "HOME", home.toString(),
            "XDG_CACHE_HOME", caches,
            "PATH", System.getenv("PATH")),
        command.toArray(String[]::new));
  }

  private static Ended run(Map<String, String> variables, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Sentences are broken into lines wherever a path of this run ends.
    return new Ended(process.waitFor(), printed.replaceAll("\\s+", " "));
  }
}
