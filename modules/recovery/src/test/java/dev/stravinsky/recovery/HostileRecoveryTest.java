package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.testkit.ForgedBackup;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backup that somebody made up, every sum right and no trail to ask, and the whole way that a
 * restoration takes: nothing is written, neither outside of the targets nor in them.
 */
final class HostileRecoveryTest extends InstalledSandbox {
  private static final Options REAL = new Options(Scope.USER, false, Progress.NONE);
  private static final String NO_TRAIL = "{\"audit\": {\"enable_audit_logging\": false}}";
  private static final String GUARD = "\"hooks/global/guard.sh\"";

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** A world with the backup of v1, and its files deleted. */
  private Backup prepare(Sandbox world, String settings) throws IOException {
    sandbox = world.settings(settings);
    update(firstRelease(), "v1");
    Files.delete(releasedHook());
    return sandbox.services().backups().resolve(Scope.USER, "v1");
  }

  private void forge(UnaryOperator<String> change) throws IOException {
    ForgedBackup.edit(prepare(Sandbox.inMemory(), NO_TRAIL).directory(), change);
  }

  /** All that is on the disk but what the product keeps for itself. */
  private SortedMap<String, String> world() throws IOException {
    SortedMap<String, String> all = Tree.of(sandbox.root());
    String home = sandbox.root().relativize(sandbox.home().directory()).toString();
    all.keySet().removeIf(path -> path.startsWith(home));
    return all;
  }

  private void recover(String version) throws IOException {
    sandbox.restart();
    sandbox.services().recovery().version(version, REAL);
  }

  private void assertRefused(Class<? extends StravinskyException> kind, String named)
      throws IOException {
    SortedMap<String, String> before = world();
    assertThatThrownBy(() -> recover("v1")).isInstanceOf(kind).hasMessageContaining(named);
    assertThat(world()).isEqualTo(before);
    try (var left = Files.list(sandbox.home().staging())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void version_backupAsItWas_isRestored() throws IOException {
    prepare(Sandbox.inMemory(), NO_TRAIL);

    recover("v1");

    assertThat(releasedHook()).content().contains("one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks/global/../../evil",
        "/etc/evil",
        "hooks/global/deep/only-in-v1.sh/below",
        "hooks/project/evil",
        "hooks/global/deep/only-in-v1.sh",
      })
  void version_entryThatMayNotBe_isRefusedByName(String path) throws IOException {
    forge(text -> text.replace(GUARD, "\"" + path + "\""));

    String name = path.substring(path.lastIndexOf('/') + 1);
    assertRefused(DamagedException.class, name);
  }

  @Test
  void version_fileBesideTheTargetsSingleOnes_isRefused() throws IOException {
    forge(t -> t.replace("settings/global/settings.json", "settings/global/.credentials.json"));

    assertRefused(DamagedException.class, ".credentials.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/cron.d", "../../..", "deep/../../../x"})
  void version_linkThatLeadsOut_isRefused(String end) throws IOException {
    forge(text -> asLink(text, end));

    assertRefused(RefusedException.class, "guard.sh");
    assertThat(releasedHook()).doesNotExist();
  }

  @Test
  void version_linkThatLeadsToAnotherTarget_isRestored() throws IOException {
    forge(text -> asLink(text, "../commands/review.md"));

    recover("v1");

    assertThat(Files.readSymbolicLink(releasedHook()).toString())
        .isEqualTo("../commands/review.md");
  }

  @Test
  void version_entryBelowALink_isRefused() throws IOException {
    forge(
        text ->
            text.replaceFirst(
                "\"hooks/global/deep\", \"type\": \"directory\", \"mode\": \"\\d+\"",
                "\"hooks/global/deep\", \"type\": \"link\", \"link\": \"../commands\""));

    assertRefused(DamagedException.class, "hooks/global/deep/only-in-v1.sh");
  }

  @Test
  void version_rootSomewhereElse_isRefused() throws IOException {
    forge(text -> text.replace("/.claude/hooks\"", "/.config/autostart\""));

    assertRefused(RefusedException.class, "autostart");
  }

  @Test
  void version_projectThatTakesInTheWholeDisk_isRefused() throws IOException {
    String root = "{\"target\": \"hooks\", \"scope\": \"project:etc\", \"uri\": \"file:///etc\"},";
    forge(text -> text.replace("\"roots\": [", "\"roots\": [" + root));

    assertRefused(RefusedException.class, "/etc");
  }

  @Test
  void version_changedAfterItWasMade_isRefusedByTheTrail() throws IOException {
    Path folder = prepare(Sandbox.inMemory(), "{}").directory();
    ForgedBackup.edit(folder, text -> text.replace("/.claude/hooks\"", "/.config/autostart\""));

    assertRefused(DamagedException.class, "v1");
  }

  @Test
  void version_knownToTheTrail_goesBackToWhereItCameFrom() throws IOException {
    prepare(Sandbox.inMemory(), "{}");
    sandbox.withVariable("CLAUDE_CONFIG_DIR", sandbox.userHome().resolve("elsewhere").toString());

    recover("v1");

    assertThat(releasedHook()).content().contains("one");
  }

  @ParameterizedTest
  @CsvSource({"GUARD.sh,guard.sh", "e%CC%81.sh,%C3%A9.sh"})
  void version_namesThatTheFileSystemFolds_areRefusedAndNothingIsOverwritten(
      String one, String other) throws IOException {
    Path folder = prepare(Sandbox.inMemoryFoldingNames(), NO_TRAIL).directory();
    ForgedBackup.edit(folder, text -> withNames(text, one, other));

    assertRefused(RefusedException.class, "the same to the file system");
  }

  @Test
  void version_nameThatIsThereInOtherCase_isNotOverwritten() throws IOException {
    Path folder = prepare(Sandbox.inMemoryFoldingNames(), NO_TRAIL).directory();
    sandbox.write(releasedHook().resolveSibling("Guard.sh"), "mine\n");
    SortedMap<String, String> before = world();

    assertThatThrownBy(() -> recover("v1"))
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining("guard.sh");

    assertThat(world()).isEqualTo(before);
    assertThat(folder).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"format\": 1", "\"entries\": ["})
  void version_manifestOfAnotherOneDamaged_isNotInTheWay(String place) throws IOException {
    sandbox = Sandbox.inMemory().settings(NO_TRAIL);
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    Path installed = sandbox.home().backups().resolve("v2");
    ForgedBackup.edit(installed, text -> text.replace(place, place + "?"));

    recover("v1");

    assertThat(releasedHook()).content().contains("one");
  }

  @Test
  void version_namesThatDifferInCaseWhereThatIsAllowed_areBothRestored() throws IOException {
    forge(text -> withNames(text, "GUARD.sh", "guard.sh"));

    recover("v1");

    assertThat(releasedHook()).content().contains("one");
    assertThat(releasedHook().resolveSibling("GUARD.sh")).content().contains("one");
  }

  /** The hooks of the release become two names of one, which are given in order. */
  private static String withNames(String text, String one, String other) {
    String[] lines = text.split("\n");
    String guard = "";
    StringBuilder forged = new StringBuilder();
    for (String line : lines) {
      if (line.contains(GUARD)) {
        guard = line;
      }
    }
    String both = guard.replace("guard.sh", one) + "\n" + guard.replace("guard.sh", other);
    for (String line : lines) {
      boolean hook = line.startsWith("{\"path\": \"hooks/global/");
      if (line.equals(guard)) {
        forged.append(both).append('\n');
      } else if (!hook) {
        forged.append(line).append('\n');
      }
    }
    return forged.toString();
  }

  private static String asLink(String text, String end) {
    return text.replaceFirst(
            GUARD + ", \"type\": \"file\", .*?(?=\"mtime\")",
            GUARD + ", \"type\": \"link\", \"link\": \"" + end + "\", ")
        .replaceFirst("(" + GUARD + ".*?), \"at\": \\d+", "$1");
  }
}
