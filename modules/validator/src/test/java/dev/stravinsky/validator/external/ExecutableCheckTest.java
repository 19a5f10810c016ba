package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Real programs in {@code checks.d}. */
final class ExecutableCheckTest extends Executables {

  @Test
  void script_thatFindsSomething_isReadFieldByField() throws Exception {
    script(
        "words.sh",
        "tr '{' '\\n' | sed -n 's/.*\"type\":\"file\".*\"content\":\"\\([^\"]*\\)\".*/\\1/p' |",
        "while read -r file; do",
        "  grep -q FORBIDDEN \"$file\" && printf '{\"severity\":\"block\",\"message\":\"a word\","
            + "\"file\":\"%s\",\"line\":2,\"kind\":\"PARSE_ERROR\",\"hint\":\"out\"}\\n' \"$file\"",
        "done",
        "exit 0");

    assertThat(run("checks.d/words"))
        .containsExactly(
            new Finding(
                "checks.d/words",
                Severity.BLOCK,
                ErrorKind.PARSE_ERROR,
                Optional.of(sandbox.claude().resolve("hooks/bad name.sh")),
                java.util.OptionalInt.of(2),
                "a word",
                Optional.of("out")));
  }

  @Test
  void file_readInStaging_isNamedByItsLivePath() throws Exception {
    Path staged = sandbox.write(sandbox.root().resolve("staging/x"), "new");
    Target target = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    TargetView view =
        new TargetView(
            target,
            List.of(
                new TargetView.Node(
                    EntryPath.of("good.sh"),
                    staged,
                    Optional.empty(),
                    dev.stravinsky.api.Origin.RELEASE)));
    script(
        "names.sh", "printf '{\"severity\":\"WARN\",\"message\":\"m\",\"file\":\"%s\"}' " + staged);

    List<Finding> findings = only("checks.d/names").check(context(List.of(view)));

    assertThat(findings.getFirst().file()).contains(sandbox.claude().resolve("hooks/good.sh"));
  }

  @Test
  void script_isTold_phaseAndVersions() throws Exception {
    script(
        "told.sh",
        "read -r line",
        "case $line in *'\"phase\":\"STAGED\"'*'\"to_version\":\"v2\"'*) told=yes ;; esac",
        "echo '{\"severity\":\"INFO\",\"message\":\"'$told $CHECK_PHASE $CHECK_SCOPE"
            + " $CHECK_FROM_VERSION $CHECK_TO_VERSION'\"}'");

    assertThat(run("checks.d/told"))
        .extracting(Finding::message)
        .containsExactly("yes STAGED user v1 v2");
  }

  @Test
  void script_thatSaysNothing_findsNothing() throws Exception {
    script("quiet.sh", "echo only noise >&2", "exit 0");

    assertThat(run("checks.d/quiet")).isEmpty();
  }

  @Test
  void exitStatus_notZero_isAFailureThatKeepsWhatWasFound() throws Exception {
    script(
        "fails.sh",
        "echo '{\"severity\":\"BLOCK\",\"message\":\"found it\"}'",
        "echo oh no >&2",
        "exit 3");

    assertFails("checks.d/fails", "exit status 3", "found it", "oh no");
  }

  @Test
  void answers_thatAreNoFindings_areFailures() throws Exception {
    script("text.sh", "echo all is well");
    script("list.sh", "echo '[1]'");
    script("mute.sh", "echo '{\"severity\":\"WARN\"}'");
    script("loud.sh", "echo '{\"severity\":\"FATAL\",\"message\":\"m\"}'");
    script("kind.sh", "echo '{\"severity\":\"WARN\",\"message\":\"m\",\"kind\":\"BAD\"}'");
    script("line.sh", "echo '{\"severity\":\"WARN\",\"message\":\"m\",\"line\":0}'");

    assertFails("checks.d/text", "all is well");
    assertFails("checks.d/list", "no finding");
    assertFails("checks.d/mute", "no message");
    assertFails("checks.d/loud", "FATAL");
    assertFails("checks.d/kind", "BAD");
    assertFails("checks.d/line", "a line that is none");
  }

  @Test
  void output_withoutEnd_isCutOff() throws Exception {
    script(
        "yes.sh", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");

    assertFails("checks.d/yes", "1024 KB");
  }

  @Test
  void message_withEscapes_isMadePlain() throws Exception {
    script("red.sh", "printf '{\"severity\":\"INFO\",\"message\":\"a\\\\u001b[31mb\\\\nc\"}'");

    assertThat(run("checks.d/red")).extracting(Finding::message).containsExactly("a [31mb c");
  }

  @Test
  void script_thatHangs_isKilledWithItsChildren() throws Exception {
    Path pids = directory.resolve("pids");
    script("hangs.sh", "sleep 3600 & echo $! > " + pids, "echo $$ >> " + pids, "wait");
    ExecutableCheck check =
        new ExecutableCheck(
            "checks.d/hangs",
            sandbox.environment().checksDirectory().resolve("hangs.sh"),
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> check.check(context())).isInstanceOf(TimeoutException.class);

    List<String> started = Files.readAllLines(pids);
    assertThat(started).hasSize(2);
    for (String pid : started) {
      ended(Long.parseLong(pid));
    }
  }

  @Test
  void cancellation_endsTheProcess() throws Exception {
    script("sleeps.sh", "sleep 3600");

    CheckContext cancelled = context().with(() -> true);

    assertThatThrownBy(() -> only("checks.d/sleeps").check(cancelled))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void background_thatKeepsThePipe_isNotWaitedFor() throws Exception {
    script("leaves.sh", "sleep 20 &", "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");

    assertThat(run("checks.d/leaves")).hasSize(1);
  }

  @Test
  void program_thatCannotRun_isAFailure() throws Exception {
    script("lost.sh", "true");
    Path file = sandbox.environment().checksDirectory().resolve("lost.sh");
    Files.writeString(file, "#!/no/such/interpreter\n");

    assertFails("checks.d/lost", "cannot be started");
  }

  @Test
  void files_thatAreNotExecutable_areNoChecks() throws Exception {
    script("b.sh", "true");
    script("a.py", "true");
    script("b.py", "true");
    sandbox.write(sandbox.environment().checksDirectory().resolve("README.md"), "text");
    Path hidden = sandbox.environment().checksDirectory().resolve(".x.sh");
    sandbox.write(hidden, "#!/bin/sh\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0755);
    Files.createDirectories(sandbox.environment().checksDirectory().resolve("folder.d"));

    assertThat(checks())
        .extracting(Validator::id)
        .containsExactly("checks.d/a", "checks.d/b", "checks.d/b.sh");
  }

  @Test
  void files_inMemory_couldNotBeChecked() throws Exception {
    try (Sandbox memory = Sandbox.inMemory()) {
      memory.write(
          memory.environment().checksDirectory().resolve("x.sh"),
          "#!/bin/sh\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
          0755);
      Validator check = new ChecksDirectory(memory.environment()).checks().getFirst();

      assertThatThrownBy(() -> check.check(context())).isInstanceOf(CouldNotCheckException.class);
    }
  }
}
