package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.testkit.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which of the targets that a plugin names are believed. */
class TargetRootsTest {
  @TempDir Path directory;
  private Sandbox sandbox;
  private Path home;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.onDisk(directory);
    home = Files.createDirectories(sandbox.userHome());
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  @Test
  void target_ofAPlaceOfItsOwn_isBelieved() throws Exception {
    assertThat(target("tool", home.resolve(".tool").toUri().toString()))
        .isEqualTo(Target.tree("tool", Scope.USER, home.resolve(".tool")));
    assertThat(target("rc", home.toUri().toString(), ".toolrc"))
        .isEqualTo(new Target("rc", Scope.USER, home, java.util.List.of(".toolrc")));
  }

  @ParameterizedTest
  @CsvSource({
    "hooks, HOME/.tool, built-in",
    "../x, HOME/.tool, must be 1 to 64",
    "'', HOME/.tool, must be 1 to 64",
    "tool, relative, no absolute root",
    "tool, http://example.com/x, no absolute root",
    "tool, file:relative, no absolute root",
    "tool, HOME/.stravinsky, Stravinsky itself",
    "tool, HOME/.stravinsky/plugins, Stravinsky itself",
    "tool, HOME/.stravinsky/rollback/backups, Stravinsky itself",
    "tool, HOME/.tool/../.stravinsky/x, Stravinsky itself",
    "tool, HOME/link, Stravinsky itself",
    "tool, HOME, Stravinsky itself",
    "tool, file:///, Stravinsky itself",
  })
  void target_ofAnotherPlace_isRefused(String name, String root, String why) throws Exception {
    Files.createDirectories(home.resolve(".stravinsky/plugins"));
    Files.createSymbolicLink(home.resolve("link"), home.resolve(".stravinsky/plugins"));
    String uri = root.replace("HOME", "file://" + home);

    assertThatThrownBy(() -> target(name, uri))
        .isInstanceOf(PluginFailedException.class)
        .hasMessageContaining("the plugin test.tool failed as target-provider")
        .hasMessageContaining(why);
  }

  @Test
  void target_wholeHomeOfAUserWhoseStateIsElsewhere_isRefused() throws Exception {
    var here = sandbox.environment();
    Path other = Files.createDirectories(directory.resolve("other"));
    var elsewhere =
        new dev.stravinsky.api.Environment(
            here.home(),
            here.stravinskyHome(),
            other,
            here.workingDirectory(),
            here.installation(),
            here.variables(),
            here.clock(),
            here.ids(),
            here.hostname(),
            here.user(),
            here.command(),
            here.platform());

    assertThatThrownBy(
            () ->
                new TargetRoots(elsewhere, service())
                    .target(json("tool", other.toUri().toString()), Scope.USER))
        .hasMessageContaining("whole home");
  }

  @ParameterizedTest
  @CsvSource({"..", ".", "a/b", "''", "/etc/passwd"})
  void file_notInTheFolder_isRefused(String file) {
    assertThatThrownBy(() -> target("rc", home.toUri().toString(), file))
        .isInstanceOf(PluginFailedException.class)
        .hasMessageContaining("not in its folder");
  }

  private Target target(String name, String root, String... files) throws Exception {
    return new TargetRoots(sandbox.environment(), service())
        .target(json(name, root, files), Scope.USER);
  }

  private static ObjectNode json(String name, String root, String... files) {
    ObjectNode json =
        JsonMapper.shared().createObjectNode().put("name", name).put("root_uri", root);
    for (String file : files) {
      json.withArray("files").add(file);
    }
    return json;
  }

  private static HostedService service() {
    UnaryOperator<Duration> same = UnaryOperator.identity();
    return new HostedService(
        new PluginHost(Optional.empty(), Map.of()),
        new DeclaredPlugin("test.tool", Path.of("tool.jar"), ""),
        "target-provider",
        same);
  }
}
