package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A release that would break something is refused, with file and line, and nothing is changed. */
class BrokenReleaseTest {
  @TempDir Path temporary;

  private User user;

  /**
   * A way to break a sound release.
   *
   * @param needs the interpreter that can tell, empty if none is needed
   * @param said what the message must name
   */
  record Break(String name, String needs, String file, String content, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Break> breaks() {
    return Stream.of(
        new Break(
            "Python hook",
            "python3",
            "hooks/guard.py",
            "import sys\n\ndef broken(:\n    pass\n",
            "hooks/guard.py:3"),
        new Break(
            "shell hook",
            "sh",
            "hooks/format.sh",
            "#!/bin/sh\nif true; then\n  echo never closed\n",
            "hooks/format.sh:4"),
        new Break(
            "settings that are not JSON",
            "",
            "settings.json",
            "{\n  \"env\": {\n",
            "settings.json:"),
        new Break(
            "settings that break the schema",
            "",
            "settings.json",
            "{\n  \"env\": {\n    \"PORT\": 8080\n  }\n}\n",
            "settings.json:3"),
        new Break(
            "a matcher that is a list",
            "",
            "settings.json",
            "{\"hooks\": {\"PreToolUse\": [\n{\"matcher\": [\"Bash\"],\n \"hooks\": []}]}}\n",
            "settings.json:2"),
        new Break(
            "front matter that is not YAML",
            "",
            "commands/review.md",
            "---\ndescription: [never closed\n---\nReview this.\n",
            "commands/review.md:"),
        new Break(
            "a Python hook that imports what is not there",
            "python3",
            "hooks/guard.py",
            "import sys\nimport no_such_module\n",
            "hooks/guard.py:2"),
        new Break(
            "a Node hook that imports what is not there",
            "",
            "hooks/more.js",
            "const more = require('./none');\n",
            "hooks/more.js:1"),
        new Break(
            "settings without a rule that they had",
            "",
            "settings.json",
            "{\"permissions\": {}}\n",
            "protection off: the rule that denies Read(.env)"),
        new Break(
            "settings that name a script which is not there",
            "",
            "settings.json",
            User.settings("two", "gone.sh"),
            "gone.sh"));
  }

  @BeforeEach
  void installSoundRelease() throws Exception {
    user = new User(temporary.resolve("home"));
    Path release = User.soundRelease(temporary.resolve("one"), "one");
    assertThat(user.updates(release, "v1").status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void update_brokenRelease_isRefusedWithFileAndLine(Break broken) throws Exception {
    assumeTrue(
        broken.needs().isEmpty() || isThere(broken.needs()), broken.needs() + " is not here");
    Path release = User.soundRelease(temporary.resolve("two"), "two");
    User.write(release.resolve(broken.file()), broken.content());
    SortedMap<String, String> before = user.files();

    Run run = user.updates(release, "v2");

    assertThat(run.status()).as(run.toString()).isIn(3, 4);
    assertThat(user.files()).isEqualTo(before);
    assertThat(oneLine(run.err())).contains(broken.said());
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(user.types("rollback", "list").out()).doesNotContain("v2");
  }

  /** Messages are wrapped to the terminal's width. */
  private static String oneLine(String text) {
    return text.replaceAll("\\s*\n\\s*", " ").replace("/ ", "/");
  }

  private static boolean isThere(String program) throws IOException {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
