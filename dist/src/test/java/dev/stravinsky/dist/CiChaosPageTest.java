package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files of {@code docs/ci-chaos.md}: they can be read, and their commands do what is said of
 * them. With {@code -Dstravinsky.ci-chaos=full} they are typed just as they stand there; without it
 * only a part of the matrix is asked for.
 */
class CiChaosPageTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml|groovy)\n(.*?)```", Pattern.DOTALL);

  private static final Pattern SH = Pattern.compile("sh '([^']*)'");
  private static final String UNPACK = "tar -xzf stravinsky-*-linux-x64.tar.gz";
  private static final String RUN =
      "stravinsky-*/bin/stravinsky chaos run --suite smoke --report chaos-report";

  @TempDir Path directory;

  @Test
  void github_file_isAWorkflowOfTheseCommands() throws IOException {
    Map<?, ?> workflow = map(block(0));

    assertThat(workflow.get("on")).isEqualTo(List.of("push"));
    Map<?, ?> job = (Map<?, ?>) ((Map<?, ?>) workflow.get("jobs")).get("chaos");
    assertThat(job.get("runs-on")).isEqualTo("ubuntu-latest");
    List<?> steps = (List<?>) job.get("steps");
    assertThat(
            steps.stream()
                .map(step -> ((Map<?, ?>) step).get("run"))
                .filter(String.class::isInstance))
        .isEqualTo(List.of(UNPACK, RUN));
    Map<?, ?> upload = (Map<?, ?>) steps.getLast();
    assertThat(upload.get("if")).isEqualTo("always()");
    assertThat(((Map<?, ?>) upload.get("with")).get("path")).isEqualTo("chaos-report");
  }

  @Test
  void gitlab_file_isAJobOfTheseCommands() throws IOException {
    Map<?, ?> job = (Map<?, ?>) map(block(1)).get("chaos");

    assertThat(job.get("script")).isEqualTo(List.of(UNPACK, RUN));
    Map<?, ?> artifacts = (Map<?, ?>) job.get("artifacts");
    assertThat(artifacts.get("when")).isEqualTo("always");
    assertThat(artifacts.get("paths")).isEqualTo(List.of("chaos-report"));
    assertThat(artifacts.get("reports")).isEqualTo(Map.of("junit", "chaos-report/chaos-junit.xml"));
  }

  @Test
  void jenkins_file_isAPipelineOfTheseCommands() throws IOException {
    String pipeline = block(2);

    assertThat(SH.matcher(pipeline).results().map(found -> found.group(1)))
        .containsExactly(UNPACK, RUN);
    assertBalanced(pipeline);
    assertThat(pipeline)
        .startsWith("pipeline {\n  agent any\n  stages {")
        .contains("junit 'chaos-report/chaos-junit.xml'", "archiveArtifacts 'chaos-report/**'");
  }

  @Test
  void commands_typedInAFolderWithTheArchive_leaveTheReports() throws Exception {
    Path archive = Distribution.archive();
    Files.createSymbolicLink(directory.resolve(archive.getFileName()), archive.toRealPath());
    boolean full = System.getProperty("stravinsky.ci-chaos", "").equals("full");
    List<String> commands = List.of(UNPACK, full ? RUN : RUN + " --only 'backup/disk-*'");

    for (String command : commands) {
      Run run =
          Run.of(
              Map.of("HOME", directory.toString(), "PATH", System.getenv("PATH")),
              Path.of("/bin/sh"),
              "-c",
              "cd \"$1\" && eval \"$2\"",
              "sh",
              directory,
              command);
      assertThat(run.status()).as(command + "\n" + run).isZero();
    }

    assertThat(directory.resolve("chaos-report"))
        .isDirectoryContaining("glob:**/chaos-junit.xml")
        .isDirectoryContaining("glob:**/chaos.html")
        .isDirectoryContaining("glob:**/chaos.json");
  }

  private static String block(int number) throws IOException {
    List<String> blocks = new ArrayList<>();
    Set<String> languages = new LinkedHashSet<>();
    Matcher found =
        BLOCK.matcher(Files.readString(Distribution.SOURCES.resolve("docs/ci-chaos.md")));
    while (found.find()) {
      languages.add(found.group(1));
      blocks.add(found.group(2));
    }
    assertThat(blocks).hasSize(3);
    assertThat(languages).containsExactly("yaml", "groovy");
    return blocks.get(number);
  }

  private static Map<?, ?> map(String yaml) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  /** Each bracket outside of quotes has its other one. */
  private static void assertBalanced(String groovy) {
    Deque<Character> open = new ArrayDeque<>();
    boolean quoted = false;
    for (char c : groovy.toCharArray()) {
      quoted ^= c == '\'';
      if (!quoted && "{[(".indexOf(c) >= 0) {
        open.push("}])".charAt("{[(".indexOf(c)));
      } else if (!quoted && "}])".indexOf(c) >= 0) {
        assertThat(open).isNotEmpty();
        assertThat(open.pop()).isEqualTo(c);
      }
    }
    assertThat(quoted).isFalse();
    assertThat(open).isEmpty();
  }
}
