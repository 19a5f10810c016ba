package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ten minutes of {@code docs/plugins.md}, typed word for word by somebody who has the sources,
 * Maven and an empty home. Maven Central is played by the repository of the Maven that runs the
 * build; nothing else is known to her.
 */
final class PluginsPage {
  private static final Path PAGE = Distribution.SOURCES.resolve("docs/plugins.md");

  private final User stranger;
  private final Path sources;

  /**
   * @param directory of its own, for the home and a view of the sources
   */
  PluginsPage(Path directory) throws IOException, InterruptedException {
    stranger = new User(directory.resolve("stranger"));
    sources = Files.createDirectories(directory.resolve("sources"));
    Tools.must("cp", "-a", Distribution.SOURCES.resolve("stravinsky"), sources);
    Tools.must("cp", "-a", Distribution.SOURCES.resolve("docs"), sources);
    Tools.must("rm", "-rf", sources.resolve("docs/examples/validator-plugin/target"));
    Files.createDirectories(sources.resolve("dist"));
    Files.createSymbolicLink(
        sources.resolve("dist/target"), Distribution.HOME.resolveSibling("").toRealPath());
    User.write(
        stranger.home().resolve(".m2/settings.xml"),
        """
        <settings>
          <mirrors>
            <mirror>
              <id>here</id>
              <mirrorOf>central</mirrorOf>
              <url>%s</url>
            </mirror>
          </mirrors>
        </settings>
        """
            .formatted(Path.of(System.getProperty("stravinsky.local-repository")).toUri()));
    String java = System.getProperty("java.home");
    stranger.variables().put("JAVA_HOME", java);
    stranger
        .variables()
        .put(
            "PATH",
            Path.of(System.getProperty("maven.home"), "bin")
                + ":"
                + Path.of(java, "bin")
                + ":"
                + System.getenv("PATH"));
    // Java takes a user's home from the system, not from HOME.
    stranger.variables().put("MAVEN_OPTS", "-Duser.home=" + stranger.home());
  }

  User stranger() {
    return stranger;
  }

  /** What the page says its plugin's code is. */
  static String code() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```java\n") + "```java\n".length();
    return page.substring(begin, page.indexOf("```\n", begin));
  }

  /** Types the commands below the numbered headings, and compares what they print. */
  void type(int first, int last) throws IOException, InterruptedException {
    List<GuideBlock> blocks = blocks();
    for (int i = first; i <= last; i++) {
      String number = i + ". ";
      List<GuideBlock> section =
          blocks.stream().filter(block -> block.section().startsWith(number)).toList();
      assertThat(section).as("section " + number).isNotEmpty();
      for (GuideBlock block : section) {
        for (GuideBlock.Step step : block.steps()) {
          Run run = shell(step.command());
          assertThat(step.complaint(run)).as(step.command() + ", line " + block.line()).isEmpty();
        }
      }
    }
  }

  /** How many numbered headings with commands there are. */
  static long sections() throws IOException {
    return blocks().stream().map(GuideBlock::section).distinct().count();
  }

  /** Only the ten minutes, without the code. */
  private static List<GuideBlock> blocks() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean ten = false;
    boolean code = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        ten = line.startsWith("## Ten minutes");
      }
      code = line.equals("```java") || code && !line.equals("```");
      boolean endOfCode = line.equals("```") && !lines.isEmpty() && lines.getLast().equals("code");
      lines.add(!ten || endOfCode ? "" : code ? "code" : line);
    }
    return GuideBlock.of(String.join("\n", lines));
  }

  private Run shell(String command) throws IOException, InterruptedException {
    return Run.of(
        stranger.variables(),
        Path.of("/bin/sh"),
        "-c",
        "cd \"$1\" && eval \"$2\" 2>&1",
        "sh",
        sources,
        command);
  }
}
