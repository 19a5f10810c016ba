package dev.stravinsky.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Targets;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TargetProviderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClaudeTargetsTest extends TargetProviderContract {

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Override
  protected TargetProvider provider() {
    return new ClaudeTargets();
  }

  @Test
  void targets_user_areAllEightInTheUsersFolder() throws IOException {
    assertThat(targets(Scope.USER).stream().map(Target::name))
        .containsExactly(
            "hooks",
            "commands",
            "settings",
            "agents",
            "skills",
            "rules",
            "output-styles",
            "CLAUDE.md");
    assertThat(target("hooks").root()).isEqualTo(sandbox.claude().resolve("hooks"));
    assertThat(target("settings").root()).isEqualTo(sandbox.claude());
    assertThat(target("settings").files()).containsExactly("settings.json", "settings.local.json");
  }

  @Test
  void targets_configDirNamed_areThere() throws IOException {
    sandbox.withVariable("CLAUDE_CONFIG_DIR", "~/elsewhere");

    assertThat(target("hooks").root())
        .isEqualTo(sandbox.userHome().resolve("elsewhere").resolve("hooks"));
  }

  @Test
  void targets_configDirBlank_isAsIfNotThere() throws IOException {
    sandbox.withVariable("CLAUDE_CONFIG_DIR", " ");

    assertThat(target("hooks").root()).isEqualTo(sandbox.claude().resolve("hooks"));
  }

  @Test
  void targets_folderIsALink_areAtItsEnd() throws IOException {
    Path dotfiles = Files.createDirectories(sandbox.userHome().resolve("dotfiles/hooks"));
    Files.createSymbolicLink(sandbox.claude().resolve("hooks"), dotfiles);

    assertThat(target("hooks").root()).isEqualTo(dotfiles);
  }

  @Test
  void targets_danglingLink_areWhereItPoints() throws IOException {
    Path missing = sandbox.userHome().resolve("dotfiles/later/hooks");
    Files.createSymbolicLink(
        sandbox.claude().resolve("hooks"), sandbox.claude().relativize(missing));

    assertThat(target("hooks").root()).isEqualTo(missing);
  }

  @Test
  void targets_twoLinksToOnePlace_areOne() throws IOException {
    Path shared = Files.createDirectories(sandbox.userHome().resolve("shared"));
    Files.createSymbolicLink(sandbox.claude().resolve("hooks"), shared);
    Files.createSymbolicLink(sandbox.claude().resolve("commands"), shared);

    assertThat(targets(Scope.USER).stream().map(Target::name))
        .contains("hooks")
        .doesNotContain("commands");
  }

  @Test
  void targets_oneWithinAnother_areTheOuterOne() throws IOException {
    Path hooks = Files.createDirectories(sandbox.claude().resolve("hooks/skills"));
    Files.createSymbolicLink(sandbox.claude().resolve("skills"), hooks);

    assertThat(targets(Scope.USER).stream().map(Target::name))
        .contains("hooks")
        .doesNotContain("skills");
  }

  @Test
  void targets_project_keepsItsMemoryInItsRoot() throws IOException {
    Scope project = Scope.project(sandbox.project());

    assertThat(targets(project).getFirst().root())
        .isEqualTo(sandbox.project().resolve(".claude/hooks"));
    assertThat(targets(project).getLast().root()).isEqualTo(sandbox.project());
  }

  @Test
  void projectAt_belowAProject_isTheNearest() throws IOException {
    Path inner = sandbox.project().resolve("module/src");
    Files.createDirectories(inner);
    sandbox.workIn(inner);
    assertThat(provider().projectAt(sandbox.environment()))
        .contains(Scope.project(sandbox.project()));

    Files.createDirectories(sandbox.project().resolve("module/.claude"));
    assertThat(provider().projectAt(sandbox.environment()))
        .contains(Scope.project(sandbox.project().resolve("module")));
  }

  @Test
  void projectAt_nearestIsTheUsersOwn_isNone() throws IOException {
    sandbox.workIn(Files.createDirectories(sandbox.userHome().resolve("plain")));

    assertThat(provider().projectAt(sandbox.environment())).isEmpty();
  }

  @Test
  void projectAt_insideTheFolderItself_isTheProject() throws IOException {
    sandbox.workIn(Files.createDirectories(sandbox.project().resolve(".claude/hooks")));

    assertThat(provider().projectAt(sandbox.environment()))
        .contains(Scope.project(sandbox.project()));
  }

  @Test
  void projectAt_linkToTheUsersOwn_isNone() throws IOException {
    Path folder = Files.createDirectories(sandbox.userHome().resolve("linked"));
    Files.createSymbolicLink(folder.resolve(".claude"), sandbox.claude());
    sandbox.workIn(folder);

    assertThat(provider().projectAt(sandbox.environment())).isEmpty();
  }

  @Test
  void effectiveViews_allLevels_areMergedByRank() throws IOException {
    sandbox.write(
        sandbox.claude().resolve("settings.json"),
        """
        {"model": "a", "env": {"A": "1", "B": "1"}, "permissions": {"allow": ["Read", "Grep"]}}
        """);
    sandbox.write(
        sandbox.project().resolve(".claude/settings.json"),
        """
        {"model": "b", "env": {"B": "2"}, "permissions": {"allow": ["Read", "Edit"]}}
        """);
    sandbox.write(sandbox.project().resolve(".claude/settings.local.json"), "{\"model\": \"c\"}");

    assertThat(effective())
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"model": "c", "env": {"A": "1", "B": "2"},
                     "permissions": {"allow": ["Read", "Grep", "Edit"]}}
                    """));
  }

  @Test
  void effectiveViews_brokenFile_isLeftOut() throws IOException {
    sandbox.write(sandbox.claude().resolve("settings.json"), "{\"model\": \"a\"}");
    sandbox.write(sandbox.claude().resolve("settings.local.json"), "{broken");

    assertThat(effective().get("model").asString()).isEqualTo("a");
  }

  private JsonNode effective() throws IOException {
    var all = new java.util.ArrayList<>(targets(Scope.project(sandbox.project())));
    all.addAll(targets(Scope.USER));
    byte[] view = provider().effectiveViews(Targets.live(all)).get("settings.json");
    return new JsonMapper().readTree(new String(view, StandardCharsets.UTF_8));
  }

  private Target target(String name) throws IOException {
    return targets(Scope.USER).stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
