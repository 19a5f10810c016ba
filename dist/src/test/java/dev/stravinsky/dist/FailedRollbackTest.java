package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollback that really fails: a check finds a fault in the new version and makes the live
 * settings immutable, so that they cannot be exchanged back. Then the recovery guide is followed,
 * with the commands that stand in it.
 */
class FailedRollbackTest {
  private static final int CRITICAL = 8;

  @TempDir Path temporary;

  private User user;
  private Path settings;
  private Path check;
  private SortedMap<String, String> before;

  @BeforeEach
  void failToRollBack() throws Exception {
    user = new User(temporary.resolve("home"));
    user.variables().merge("PATH", Distribution.HOME.resolve("bin") + ":", (all, bin) -> bin + all);
    settings = user.claude().resolve("settings.json");
    assertThat(user.updates(User.soundRelease(temporary.resolve("one"), "one"), "v1").status())
        .isZero();
    before = user.files();
    check = FailingRollback.arrange(user, temporary);

    Run run = user.updates(User.soundRelease(temporary.resolve("two"), "two"), "v2");

    assertThat(run.status()).as(run.toString()).isEqualTo(CRITICAL);
    assertCritical(run);
    assertThat(settings).content().contains("two");
    assertThat(otherSides()).anySatisfy(f -> assertThat(f).content().contains("EDITION", "one"));
    assertThat(user.types("audit", "log").out()).doesNotContain("UPDATE_SUCCESS  v1 -> v2");
    Files.delete(check);
  }

  @AfterEach
  void takeTheFlagAway() throws Exception {
    shell("chattr -i ~/.claude/settings.json");
  }

  /** The quick reference's lines, with this machine's paths. */
  private void assertCritical(Run run) {
    Path log = user.home().resolve(".stravinsky/rollback/audit/operations.log");
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            "CRITICAL ERROR: Automatic rollback failed",
            "-> Check " + log + " for details",
            "-> Run: stravinsky recovery emergency",
            "-> Follow manual recovery procedures in RECOVERY_GUIDE.md");
    assertThat(log).exists();
    assertThat(Distribution.HOME.resolve("RECOVERY_GUIDE.md")).exists();
  }

  /** Files that are not live and not a backup's. */
  private List<Path> otherSides() throws IOException {
    try (Stream<Path> all = Files.walk(user.claude())) {
      return all.filter(p -> p.toString().contains("/.stravinsky-"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  @Test
  void guide_causeMended_statusUndoesIt() throws Exception {
    assertThat(follow("lsattr").out()).containsPattern("-i[-a-zA-Z]+ .*settings.json");
    follow("chattr", "FILE", settings.toString());

    Run status = follow("stravinsky status");

    assertThat(status.status()).as(status.toString()).isZero();
    assertThat(status.err()).contains("Undid the interrupted update");
    assertSound();
    assertThat(user.updates(temporary.resolve("two"), "v2").status()).isZero();
    assertThat(settings).content().contains("two");
  }

  @Test
  void guide_causeStays_bothSidesAreKeptAndAVersionIsChosen() throws Exception {
    Run again = follow("stravinsky status");
    assertThat(again.status()).as(again.toString()).isEqualTo(CRITICAL);
    assertCritical(again);

    Run examined = follow("stravinsky recovery emergency");
    Matcher named = Pattern.compile("update (\\w+) was interrupted").matcher(examined.out());
    if (!named.find()) {
      named = Pattern.compile("update (\\w+) was interrupted").matcher(examined.err());
      assertThat(named.find()).as(examined.toString()).isTrue();
    }
    Run closed = follow("stravinsky recovery emergency --abandon", "TX", named.group(1));
    assertThat(closed.status()).as(closed.toString()).isZero();
    assertThat(otherSides())
        .isNotEmpty()
        .allSatisfy(side -> assertThat(closed.out()).contains(side.toString()))
        .anySatisfy(side -> assertThat(side).content().contains("EDITION", "one"));

    follow("chattr", "FILE", settings.toString());
    Run chosen = follow("stravinsky recovery version", "v0.3.8", "v1");
    assertThat(chosen.status()).as(chosen.toString()).isZero();
    for (Path side : otherSides()) {
      Files.delete(side);
    }
    before.forEach((path, state) -> assertThat(now()).containsEntry(path, state));
  }

  private SortedMap<String, String> now() {
    try {
      return user.files();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertSound() throws Exception {
    assertThat(user.files()).isEqualTo(before);
    assertThat(user.types("audit", "verify").status()).isZero();
    assertThat(user.types("backup", "verify").status()).isZero();
    assertThat(user.types("rollback", "list").out()).doesNotContain("v2");
  }

  /** Runs the guide's own command that begins like this, with what has to be put into it. */
  private Run follow(String beginning, String... replacements) throws Exception {
    String command =
        commands().stream()
            .filter(each -> each.equals(beginning) || each.startsWith(beginning + " "))
            .min((a, b) -> Integer.compare(a.length(), b.length()))
            .orElseThrow(() -> new AssertionError("not in the guide: " + beginning));
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(command).contains(replacements[i]);
      command = command.replace(replacements[i], replacements[i + 1]);
    }
    return shell(command);
  }

  /** The command blocks of the guide's section, as they are distributed. */
  private static List<String> commands() throws IOException {
    String guide = Files.readString(Distribution.HOME.resolve("RECOVERY_GUIDE.md"));
    String section = guide.substring(guide.indexOf("### A rollback failed"));
    section = section.substring(0, section.indexOf("### Damaged backups"));
    return section
        .lines()
        .filter(line -> line.startsWith("$ "))
        .map(line -> line.substring(2))
        .toList();
  }

  private Run shell(String command) throws Exception {
    return Run.of(user.variables(), Path.of("/bin/sh"), "-c", command);
  }
}
