package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input is normal input: a clear error, an exit status, nothing lost. */
class BadInputTest {
  @TempDir Path temporary;

  private User user;
  private Path sound;
  private SortedMap<String, String> before;

  @BeforeEach
  void installSoundRelease() throws Exception {
    user = new User(temporary.resolve("home"));
    sound = User.soundRelease(temporary.resolve("one"), "one");
    assertThat(user.updates(sound, "v1").status()).isZero();
    before = user.files();
  }

  @Test
  void update_noSuchRelease_saysSo() throws Exception {
    assertRefused(user.updates(temporary.resolve("nowhere"), "v2"), 7, "nowhere");
  }

  @Test
  void auditExport_outputCannotBeWritten_failsAndSaysSo() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    Object[] exported = {"-c", "exec \"$0\" audit export >/dev/full", Distribution.launcher()};
    Object[] backedUp = {"-c", "exec \"$0\" backup create >/dev/full", Distribution.launcher()};

    Run export = Run.of(user.variables(), Path.of("/bin/sh"), exported);
    Run create = Run.of(user.variables(), Path.of("/bin/sh"), backedUp);

    assertThat(export.status()).as(export.toString()).isEqualTo(1);
    assertThat(export.err()).contains("standard output could not be written to");
    assertThat(create.status()).as("what was changed was: %s", create).isZero();
    assertThat(create.err()).contains("standard output could not be written to");
  }

  @Test
  void update_emptyFolder_saysSo() throws Exception {
    Path empty = Files.createDirectory(temporary.resolve("empty"));

    assertRefused(user.updates(empty, "v2"), 4, "empty");
  }

  @Test
  void update_fileOfAnotherType_saysSo() throws Exception {
    Path text = User.write(temporary.resolve("notes.txt"), "not a release\n");

    assertRefused(user.updates(text, "v2"), 4, "notes.txt");
  }

  @Test
  void update_archiveWithNamesThatLeadOut_isRefusedByName() throws Exception {
    Path archive = temporary.resolve("evil.tar.gz");
    Path outside = User.write(temporary.resolve("stage/outside.sh"), "#!/bin/sh\n");
    Run packed =
        Run.of(
            user.variables(),
            Path.of("/bin/sh"),
            "-euc",
            "cd \"$1\"; mkdir hooks; cd hooks; tar -czPf \"$2\" ../outside.sh",
            "sh",
            outside.getParent(),
            archive);
    assertThat(packed.status()).as(packed.toString()).isZero();

    assertRefused(user.updates(archive, "v2"), 4, "../outside.sh");
  }

  @Test
  void update_noVersion_saysHowToGiveOne() throws Exception {
    assertRefused(user.types("update", sound), 2, "--version");
  }

  @Test
  void command_mistyped_isAUsageError() throws Exception {
    Run run = user.types("bakup", "list");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("backup");
  }

  @Test
  void command_noHome_saysSo() throws Exception {
    Run run = Run.of(Map.of("PATH", "/usr/bin:/bin"), Distribution.launcher(), "status");

    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.err()).contains("HOME");
  }

  @Test
  void config_brokenAndWrong_everyErrorIsToldAtOnce() throws Exception {
    Path config = user.home().resolve(".stravinsky/rollback/config.json");
    User.write(
        config, "{\n  \"backup\": {\n    \"max_versions\": \"many\",\n    \"huh\": 1\n  }\n}\n");

    assertRefused(user.updates(sound, "v2"), 2, "max_versions", "huh", ":3", ":4");

    User.write(config, "{ not json");
    assertRefused(user.updates(sound, "v2"), 2, "config.json");
    assertThat(user.types("backup", "list").status()).isIn(0, 2);
  }

  @Test
  void update_asRootForSomebodyElse_leavesTheirFilesTheirs() throws Exception {
    assumeTrue(isRoot(), "only root can try this");
    give(user.home(), "1234:1234");
    user.variables().put("SUDO_USER", "somebody");
    Path next = User.soundRelease(temporary.resolve("two"), "two");

    Run run = user.updates(next, "v2");

    assertThat(run.status()).as(run.toString()).isZero();
    for (String file : new String[] {"settings.json", "hooks/guard.py", "commands/review.md"}) {
      assertThat(
              Files.getAttribute(
                  user.claude().resolve(file), "unix:uid", LinkOption.NOFOLLOW_LINKS))
          .as(file)
          .isEqualTo(1234);
    }
  }

  @Test
  void update_homeThatCannotBeWritten_saysSoAndChangesNothing() throws Exception {
    assumeTrue(isRoot() && Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs root, setpriv");
    Path next = User.soundRelease(temporary.resolve("two"), "two");
    openUpTo(next);

    Run run = asNobody("update", next, "--version", "v2");

    assertRefused(run, 1, "ermission denied");
  }

  @Test
  void update_diskFull_saysSoAndChangesNothing() throws Exception {
    assumeTrue(isRoot(), "only root can mount");
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Run mounted =
        Run.of(
            user.variables(), Path.of("/bin/mount"), "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk);
    assumeTrue(mounted.status() == 0, "cannot mount here: " + mounted.err());
    try {
      user = new User(disk.resolve("home"));
      assertThat(user.updates(sound, "v1").status()).isZero();
      before = user.files();
      Path huge = User.soundRelease(temporary.resolve("huge"), "huge");
      byte[] noise = new byte[4_000_000];
      new Random(7).nextBytes(noise);
      Files.write(huge.resolve("hooks/data.bin"), noise);

      Run run = user.updates(huge, "v2");

      assertThat(run.status()).as(run.toString()).isIn(1, 4);
      assertThat(run.err()).containsIgnoringCase("space");
      assertThat(user.files()).isEqualTo(before);
    } finally {
      Run.of(user.variables(), Path.of("/bin/umount"), disk);
    }
  }

  private void assertRefused(Run run, int status, String... said) throws Exception {
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertThat(run.err().replaceAll("\\s+", " ")).contains(said);
    assertThat(run.err()).doesNotContain("\tat ").contains("->");
    assertThat(user.files()).isEqualTo(before);
  }

  private Run asNobody(Object... words) throws Exception {
    Object[] command = new Object[words.length + 4];
    command[0] = "--reuid=65534";
    command[1] = "--regid=65534";
    command[2] = "--clear-groups";
    command[3] = Distribution.launcher();
    System.arraycopy(words, 0, command, 4, words.length);
    return Run.of(user.variables(), Path.of("/usr/bin/setpriv"), command);
  }

  private void openUpTo(Path release) throws Exception {
    Run.of(user.variables(), Path.of("/bin/chmod"), "-R", "a+rX", temporary);
    Run.of(user.variables(), Path.of("/bin/chmod"), "a+rx", release);
  }

  private static void give(Path top, String owner) throws Exception {
    Run.of(Map.of("PATH", "/usr/bin:/bin"), Path.of("/bin/chown"), "-R", owner, top);
  }

  private static boolean isRoot() throws Exception {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
