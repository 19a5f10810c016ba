package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code stravinsky-rescue} gets the files out of backups that the program made, in each shell, by
 * itself.
 */
@ParameterizedClass
@ValueSource(strings = {"dash", "busybox"})
class RescueScriptTest {
  private static final int NOT_FOUND = 7;
  private static final int DAMAGED = 5;

  @TempDir static Path shared;
  private static RescueHome home;

  @Parameter String shell;
  private RescueScript script;
  private User user;

  @BeforeAll
  static void makeBackups() throws Exception {
    home = RescueHome.make(shared);
  }

  @BeforeEach
  void copyTheHome() throws Exception {
    Tools.require("rescue script in " + shell, shell);
    script = new RescueScript(shell, shared);
    user = home.copy();
  }

  private Run rescue(Object... words) throws Exception {
    return script.types(user, words);
  }

  private Run ok(Object... words) throws Exception {
    Run run = rescue(words);
    assertThat(run.status()).as(run.toString()).isZero();
    return run;
  }

  private Path own() {
    return user.claude().resolve("hooks");
  }

  private Path archive() {
    return user.backups().resolve("v1/hooks.tar.gz");
  }

  private void wipe(Path folder) throws Exception {
    Tools.must("rm", "-rf", folder);
  }

  @Test
  void list_allWell_namesBackupsOfTheUserAndTheProject() throws Exception {
    assertThat(ok("list").out())
        .containsPattern("(?m)^v1  20\\S+Z  installed$")
        .containsPattern("(?m)^untracked  20\\S+Z  pre_update$")
        .containsPattern("(?m)^projects/my_project-[0-9a-f]+/untracked  20\\S+Z  manual$");
    assertThat(ok("verify").out().lines()).hasSize(3).allMatch(line -> line.startsWith("ok "));
    assertThat(ok().out()).contains("ok       v1").doesNotContain("DAMAGED");
  }

  @Test
  void restore_everythingGone_allIsBackWhateverItsName() throws Exception {
    wipe(own());

    Run run = ok("restore", "v1");

    assertThat(Tree.of(own())).isEqualTo(home.hooks());
    assertThat(user.dotfiles().resolve("outside.sh")).hasContent("outside");
    assertThat(run.out()).contains("own.sh");
  }

  @Test
  void restore_filesChanged_whatWasThereIsKeptAndLinksStayLinks() throws Exception {
    User.write(own().resolve("own.sh"), "changed\n");
    User.write(own().resolve("new\nline\n"), "changed too\n");
    User.write(own().resolve("never-backed-up.md"), "new\n");
    User.write(user.dotfiles().resolve("outside.sh"), "changed outside\n");

    Run run = ok("restore", "v1");

    SortedMap<String, String> now = Tree.of(own());
    assertThat(now.remove("never-backed-up.md")).isNotNull();
    assertThat(now).isEqualTo(home.hooks());
    assertThat(own().resolve("to-outside.sh")).isSymbolicLink().hasContent("outside");
    Path kept = user.home().resolve(".claude-rescue/v1/replaced/hooks/global");
    assertThat(run.out()).contains(kept.getParent().getParent().toString());
    assertThat(kept.resolve("own.sh")).hasContent("changed");
    assertThat(kept.resolve("new\nline\n")).hasContent("changed too");
    assertThat(kept.resolve("to-outside.sh")).hasContent("changed outside");
    assertThat(kept.resolve("never-backed-up.md")).doesNotExist();
  }

  @Test
  void restore_twice_keepsBothInFoldersOfTheirOwn() throws Exception {
    User.write(own().resolve("own.sh"), "first\n");
    ok("restore", "v1");
    User.write(own().resolve("own.sh"), "second\n");
    ok("restore", "v1");

    Path top = user.home().resolve(".claude-rescue");
    assertThat(top.resolve("v1/replaced/hooks/global/own.sh")).hasContent("first");
    assertThat(top.resolve("v1.2/replaced/hooks/global/own.sh")).hasContent("second");
  }

  @Test
  void restore_oneFile_noOtherIsTouched() throws Exception {
    Path odd = own().resolve("a dir/" + RescueHome.ODD);
    Files.delete(odd);
    Files.delete(own().resolve("own.sh"));

    ok("restore", "v1", odd);

    assertThat(odd).hasContent("odd");
    assertThat(own().resolve("own.sh")).doesNotExist();
    ok("restore", "v1", own());
    assertThat(Tree.of(own())).isEqualTo(home.hooks());
    Run settings = ok("unpack", "v1", user.claude().resolve("settings.json"));
    assertThat(settings.out()).contains("settings/global/settings.json");
  }

  @Test
  void unpack_wrongNames_sayWhatThereIs() throws Exception {
    Run unknown = rescue("unpack", "v7");
    assertThat(unknown.status()).isEqualTo(NOT_FOUND);
    assertThat(unknown.err()).contains("there is no backup called v7", "untracked");
    assertThat(rescue("unpack", "v1", own().resolve("nothing.sh")).status()).isEqualTo(NOT_FOUND);
    Run outside = rescue("unpack", "v1", "/etc/passwd");
    assertThat(outside.status()).isEqualTo(NOT_FOUND);
    assertThat(outside.err()).contains("is in none of the places");
    assertThat(rescue("unpack").status()).isEqualTo(2);
    assertThat(rescue("--bogus").status()).isEqualTo(2);
    assertThat(ok("--help").out()).contains("restore BACKUP [PATH]");
  }

  @Test
  void unpack_projectsBackup_goesBackIntoTheProject() throws Exception {
    Path hook = user.home().resolve("my project/.claude/hooks/p.sh");
    Files.delete(hook);
    String name =
        ok("list").out().lines().filter(l -> l.startsWith("projects/")).findFirst().orElseThrow();

    ok("restore", name.substring(0, name.indexOf(' ')));

    assertThat(hook).content().contains("project's");
  }

  @Test
  void home_elsewhere_isTakenFromOptionOrVariable() throws Exception {
    Path moved = user.home().resolve("else where");
    Files.move(user.home().resolve(".stravinsky"), moved);
    assertThat(rescue("list").status()).isEqualTo(NOT_FOUND);

    assertThat(ok("--home", moved.resolve("rollback"), "list").out()).contains("v1");
    user.variables().put("STRAVINSKY_HOME", moved.toString());
    assertThat(ok("list").out()).contains("v1");
    user.variables().put("CLAUDE_CONFIG_DIR", user.home().resolve("config dir").toString());
    assertThat(ok("unpack", "v1").out()).contains("config dir-rescue/v1/files");
  }

  @Test
  void restore_contentDamaged_allOtherFilesAreBackAndItIsNamed() throws Exception {
    Damage.flipInTheMiddle(archive());
    wipe(own());

    assertThat(rescue("verify", "v1").status()).isEqualTo(DAMAGED);
    Run run = rescue("restore", "v1");

    assertThat(run.status()).as(run.toString()).isEqualTo(DAMAGED);
    assertThat(run.err()).contains("LOST     hooks/global/large.bin", archive().toString());
    assertThat(run.err().lines().filter(l -> l.startsWith("LOST"))).hasSize(1);
    assertThat(Tree.of(own())).isEqualTo(home.hooksWithout("large.bin"));
  }

  @Test
  void restore_archiveCutAndItsBeginningDamaged_theRestIsNamed() throws Exception {
    byte[] bytes = Files.readAllBytes(archive());
    Files.write(archive(), Arrays.copyOf(bytes, bytes.length - 200));
    Damage.flip(archive(), 30);
    wipe(own());

    Run run = rescue("restore", "v1");

    assertThat(run.status()).isEqualTo(DAMAGED);
    // Only links and folders stand in the manifest with all that they are.
    assertThat(own().resolve("link.sh")).isSymbolicLink();
    assertThat(own().resolve("empty")).isDirectory();
    assertThat(run.err()).contains("LOST     hooks/global/own.sh", "'hooks/global/new\nline\n'");
    assertThat(user.claude().resolve("settings.json")).exists();
  }

  @Test
  void restore_manifestDamaged_wholeArchivesGoBackToTheUsersPlaces() throws Exception {
    Damage.flip(user.backups().resolve("v1/manifest.json"), 20);
    wipe(own());

    Run run = ok("restore", "v1");

    assertThat(run.err()).contains("DAMAGED", "manifest.json");
    assertThat(Tree.of(own())).isEqualTo(home.hooks());
  }

  @Test
  void restore_manifestAndArchiveDamaged_unpacksAndPutsNothingUnprovenBack() throws Exception {
    Damage.flip(user.backups().resolve("v1/manifest.json"), 20);
    Damage.flip(archive(), (int) Files.size(archive()) - 60);
    wipe(own());
    Files.delete(user.claude().resolve("settings.json"));

    Run run = rescue("restore", "v1");

    assertThat(run.status()).isEqualTo(DAMAGED);
    assertThat(own()).doesNotExist();
    assertThat(user.claude().resolve("settings.json")).exists();
    Path unpacked = user.home().resolve(".claude-rescue/v1/files/hooks/global");
    // Far before the damage: of the member that has it some programs give nothing.
    assertThat(unpacked.resolve("guard.py")).content().contains("EDITION");
  }

  @Test
  void restore_archiveMissing_isNamed() throws Exception {
    Files.delete(archive());
    Run run = rescue("restore", "v1");
    assertThat(run.status()).isEqualTo(DAMAGED);
    assertThat(run.err()).contains(archive() + " is missing");
  }

  @Test
  void restore_folderWhereAFileWas_staysAndIsNamed() throws Exception {
    Files.delete(own().resolve("own.sh"));
    User.write(own().resolve("own.sh/inside.md"), "mine\n");

    Run run = rescue("restore", "v1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("there is a folder: " + own().resolve("own.sh"));
    assertThat(own().resolve("own.sh/inside.md")).hasContent("mine");
  }

  @Test
  void examine_damaged_saysEverythingThatAShellCanSee() throws Exception {
    Path rollback = user.rollbackHome();
    Damage.flip(archive(), 40);
    Tools.must("chmod", "755", rollback.resolve("backups"));
    Path log = rollback.resolve("audit/operations.log");
    List<String> lines = Files.readAllLines(log);
    lines.remove(1);
    Files.write(log, lines);

    Run run = rescue();

    assertThat(run.status()).isEqualTo(DAMAGED);
    assertThat(run.out())
        .contains("DAMAGED  v1", archive().toString(), "ok       untracked")
        .contains("chmod 700 " + rollback.resolve("backups"))
        .contains("The trail is damaged");
    assertThat(log).content().isEqualTo(String.join("\n", lines) + "\n");
  }

  @Test
  void examine_killedInTheSwap_saysWhereTheOtherSidesAre() throws Exception {
    User.soundRelease(shared.resolve("two"), "two");
    User.write(
        user.home().resolve(".stravinsky/checks.d/kill.sh"),
        "#!/bin/sh\n[ \"$CHECK_PHASE\" = POST_UPDATE ] || exit 0\nkill -9 $PPID\nsleep 9\n");
    Run killed = user.updates(shared.resolve("two"), "v2");
    assertThat(killed.status()).as(killed.toString()).isNotZero();
    String id = user.interrupted().orElseThrow();

    Run run = rescue();

    assertThat(run.status()).isEqualTo(DAMAGED);
    assertThat(run.out())
        .contains("A change was interrupted (" + id + "), when it was SWAPPED.")
        .contains(user.claude().resolve(".stravinsky-" + id).toString());
    Damage.flip(user.journal(id), 700);
    assertThat(rescue().out()).contains("of its journal is torn or damaged");
  }
}
