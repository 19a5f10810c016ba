package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real installers under the packaged guard: what they leave, and how they and it are ended. */
class GuardTest {
  private static final int ROLLED_BACK = 3;
  private static final int LOCKED = 6;
  private static final int NOT_FOUND = 7;
  private static final int INTERRUPTED = 130;

  @TempDir Path temporary;

  private User user;
  private SortedMap<String, String> before;

  @BeforeEach
  void installRelease() throws Exception {
    user = new User(temporary.resolve("home"));
    Path release = User.soundRelease(temporary.resolve("release"), "one");
    assertThat(user.updates(release, "v1").status()).isZero();
    User.write(user.claude().resolve("hooks/mine.sh"), "#!/bin/sh\n# mine\n");
    Files.createSymbolicLink(user.claude().resolve("hooks/latest.sh"), Path.of("format.sh"));
    before = user.files();
  }

  /** An installer that runs in the user's configuration. */
  private Path installer(String script) throws IOException {
    return User.write(
        temporary.resolve("install.sh"),
        "#!/bin/sh\ncd '" + user.claude() + "' || exit 99\n" + script);
  }

  private Run guard(String script, Object... options) throws Exception {
    Path installer = installer(script);
    Object[] words = new Object[options.length + 3];
    words[0] = "guard";
    System.arraycopy(options, 0, words, 1, options.length);
    words[options.length + 1] = "--";
    words[options.length + 2] = installer;
    return user.types(words);
  }

  private void assertBack(Run run, int status) throws IOException {
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertThat(user.files()).as(run.toString()).isEqualTo(before);
  }

  @Test
  void guard_scriptDeletesHalf_everyByteIsBack() throws Exception {
    Run run = guard("rm -rf hooks settings.json\nchmod 700 commands\nexit 0\n");

    assertBack(run, ROLLED_BACK);
    assertThat(run.err()).contains("- hooks/global/mine.sh").contains("Everything is as it was");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void guard_scriptCorruptsSettings_everyByteIsBack() throws Exception {
    Run run = guard("echo '{ \"env\":' > settings.json\n");

    assertBack(run, ROLLED_BACK);
    assertThat(run.err()).contains("settings.json:").contains("[settings-schema]");
  }

  @Test
  void guard_scriptIsKilledByASignal_everyByteIsBack() throws Exception {
    Run run = guard("rm -rf agents\nmkdir agents\necho half > agents/half.md\nkill -9 $$\n");

    assertBack(run, ROLLED_BACK);
    assertThat(run.err()).contains("signal 9");
  }

  @Test
  void guard_variables_areThoseThatTheUserHas() throws Exception {
    user.variables().remove("LANG");
    user.variables().put("LC_CTYPE", "C");
    user.variables().put("CLASSPATH", "/some where/*:'\"$HOME");
    user.variables().put("JAVA_TOOL_OPTIONS", "-Dx=1\n-Dy=2");

    Run run = guard("env -u PWD -u OLDPWD -u SHLVL -u _ | grep -v '^STRAVINSKY_GUARD='\n");

    assertThat(run.status()).as(run.toString()).isZero();
    List<String> expected =
        user.variables().entrySet().stream()
            .flatMap(each -> (each.getKey() + "=" + each.getValue()).lines())
            .toList();
    assertThat(run.out().lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void guard_scriptTakesTooLong_isEndedAndEveryByteIsBack() throws Exception {
    Run run = guard("rm -rf hooks\nsleep 600\n", "--timeout", 1);

    assertBack(run, ROLLED_BACK);
    assertThat(run.err()).contains("took too long");
  }

  @Test
  void guard_scriptWorks_staysAndTheWayBackIsAsNamed() throws Exception {
    Run run = guard("echo said\nprintf 'Do it.\\n' > commands/new.md\nrm hooks/mine.sh\n");

    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.out()).isEqualTo("said\n");
    assertThat(run.err()).contains("+Do it.").contains("- hooks/global/mine.sh");
    assertThat(user.claude().resolve("commands/new.md")).hasContent("Do it.\n");
    String named =
        run.err()
            .lines()
            .filter(line -> line.startsWith("To go back: stravinsky "))
            .findFirst()
            .orElseThrow()
            .substring("To go back: stravinsky ".length());
    assertThat(user.types((Object[]) named.split(" ")).status()).isZero();
    assertThat(user.files()).isEqualTo(before);
  }

  @Test
  void guard_scriptLeavesAProcessBehind_isNamed() throws Exception {
    Run run = guard("exec 3>> commands/review.md\nsleep 600 <&- >&- 2>&- &\necho $! > ../left\n");
    try {
      assertThat(run.status()).as(run.toString()).isZero();
      assertThat(run.err().replaceAll("\\s+", " "))
          .contains("left this running: process " + left())
          .contains("commands/review.md open for writing");
    } finally {
      ProcessHandle.of(left()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private long left() throws IOException {
    return Long.parseLong(Files.readString(user.home().resolve("left")).strip());
  }

  @Test
  void guard_noSuchProgram_saysSoAndRunsNothing() throws Exception {
    Run run = user.types("guard", "--", "no-such-installer");

    assertBack(run, NOT_FOUND);
    assertThat(run.err()).contains("no-such-installer");
  }

  @Test
  void guard_isAskedToEnd_endsTheScriptAndEveryByteIsBack() throws Exception {
    Path errors = temporary.resolve("errors");
    Process guard = startsGuard("rm -rf hooks\ntouch ../ready\nexec sleep 600\n", errors);
    long script = awaitReady(guard);

    guard.destroy();

    assertThat(guard.waitFor()).isEqualTo(INTERRUPTED);
    assertThat(ProcessHandle.of(script)).isEmpty();
    assertThat(user.files()).isEqualTo(before);
    assertThat(errors).content().contains("was interrupted");
  }

  @Test
  void guard_isKilled_nextCommandPutsEveryByteBackWhenTheScriptHasEnded() throws Exception {
    Process guard =
        startsGuard("rm -rf hooks\ntouch ../ready\nexec sleep 600\n", temporary.resolve("errors"));
    long script = awaitReady(guard);
    guard.destroyForcibly().waitFor();

    Run early = user.types("status");
    assertThat(early.status()).as(early.toString()).isEqualTo(LOCKED);
    assertThat(early.err()).contains("process " + script);
    ProcessHandle.of(script).orElseThrow().destroyForcibly();
    ProcessHandle.of(script).ifPresent(handle -> handle.onExit().join());

    Run status = user.types("status");
    assertBack(status, 0);
    assertThat(status.err()).contains("Undid the interrupted guard");
    assertThat(user.types("audit", "verify").status()).isZero();
  }

  private Process startsGuard(String script, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Distribution.launcher().toString(),
                    "guard",
                    "--",
                    installer(script).toString()))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(user.variables());
    return builder.start();
  }

  /** The script's process, when it has done its damage. */
  private long awaitReady(Process guard) throws Exception {
    Path ready = user.home().resolve("ready");
    while (!Files.exists(ready) && guard.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(Files.exists(ready)).isTrue();
    return guard
        .descendants()
        .filter(
            each -> commandLine(each).contains("install.sh") || commandLine(each).contains("sleep"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }
}
