package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs in {@code checks.d} that do not do what programs mostly do. */
final class HostileExecutablesTest extends Executables {
  private static final int MANY = 20_000;

  @Test
  void script_thatSaysWhatItLooksAt_isBelievedAndFindsTheRest() throws Exception {
    script(
        "says.sh",
        "echo '{\"explanation\":\"No hook calls curl.\"}'",
        "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");
    Validator check = only("checks.d/says");
    assertThat(check.explanation()).isEmpty();

    assertThat(check.check(context())).extracting(Finding::message).containsExactly("m");
    assertThat(check.explanation()).isEqualTo("No hook calls curl.");
  }

  @Test
  void daemon_thatKeepsThePipe_isNotWaitedFor() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid here");
    Path pid = directory.resolve("pid");
    script(
        "daemon.sh",
        "setsid sh -c 'echo $$ > " + pid + "; exec sleep 3600' &",
        "while [ ! -s " + pid + " ]; do sleep 0.05; done",
        "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");

    try {
      assertThat(run("checks.d/daemon")).hasSize(1);
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void context_veryLong_needNotBeRead() throws Exception {
    script("deaf.sh", "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");
    script("closes.sh", "exec <&-", "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");

    for (String id : List.of("checks.d/deaf", "checks.d/closes")) {
      assertThat(only(id).check(context(List.of(manyFiles())))).hasSize(1);
    }
  }

  @Test
  void context_veryLong_arrivesWhole() throws Exception {
    script(
        "counts.sh",
        "n=$(tr '{' '\\n' | grep -c '\"content\"')",
        "echo '{\"severity\":\"INFO\",\"message\":\"'$n'\"}'");

    assertThat(only("checks.d/counts").check(context(List.of(manyFiles()))))
        .extracting(Finding::message)
        .containsExactly(String.valueOf(MANY));
  }

  @Test
  void output_notUtf8_isShownAsWellAsItCanBe() throws Exception {
    script("latin.sh", "printf '{\"severity\":\"INFO\",\"message\":\"caf\\351\"}\\n'");

    assertThat(run("checks.d/latin")).extracting(Finding::message).containsExactly("caf\ufffd");
  }

  @Test
  void output_withWindowsLineEnds_isRead() throws Exception {
    script("crlf-out.sh", "printf '{\"severity\":\"INFO\",\"message\":\"m\"}\\r\\n\\r\\n'");

    assertThat(run("checks.d/crlf-out")).extracting(Finding::message).containsExactly("m");
  }

  @Test
  void firstLine_withWindowsLineEnd_isToldAsTheCause() throws Exception {
    file("windows.sh", "#!/bin/sh\r\necho\r\n");

    assertFails("checks.d/windows", "cannot be started", "carriage return");
  }

  @Test
  void firstLine_ofAMissingInterpreter_isToldAsTheCause() throws Exception {
    file("lost.sh", "#!/no/such/interpreter\n");

    assertFails("checks.d/lost", "cannot be started", "asks for /no/such/interpreter");
  }

  @Test
  void program_thatIsNoProgram_isAFailure() throws Exception {
    file("noise.bin", "\u0000\u0001\u0002 not a program");

    assertFails("checks.d/noise", "it ");
  }

  /** Some systems run a script that is being written, others do not. */
  @Test
  void program_thatIsBeingWritten_isRunOrNamedAsBusy() throws Exception {
    script("busy.sh", "echo '{\"severity\":\"INFO\",\"message\":\"m\"}'");
    Path file = sandbox.environment().checksDirectory().resolve("busy.sh");

    try (var writing = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      assertThat(writing.isOpen()).isTrue();
      assertThat(run("checks.d/busy")).hasSize(1);
    } catch (CheckFailedException e) {
      assertThat(e).hasMessageContaining("busy");
    }
  }

  @Test
  void program_goneSinceItWasListed_isAFailure() throws Exception {
    script("gone.sh", "true");
    Validator check = only("checks.d/gone");
    Files.delete(sandbox.environment().checksDirectory().resolve("gone.sh"));

    assertThatThrownBy(() -> check.check(context()))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("cannot be started");
  }

  @Test
  void variable_ofTheCallers_isNotTakenForAVersion() throws Exception {
    sandbox.withVariable("CHECK_TO_VERSION", "v99");
    script(
        "asks.sh",
        "echo '{\"severity\":\"INFO\",\"message\":\"to '${CHECK_TO_VERSION-nothing}'\"}'");

    assertThat(only("checks.d/asks").check(installingNothing()))
        .extracting(Finding::message)
        .containsExactly("to nothing");
  }

  @Test
  void links_toProgramsAreChecks_othersAreNot() throws Exception {
    Path checks = sandbox.environment().checksDirectory();
    script("real.sh", "true");
    Files.createSymbolicLink(checks.resolve("link"), checks.resolve("real.sh"));
    Files.createSymbolicLink(checks.resolve("nowhere"), directory.resolve("nowhere"));
    Files.createSymbolicLink(checks.resolve("loop"), checks.resolve("loop"));
    Files.createSymbolicLink(checks.resolve("folder"), directory);

    assertThat(checks())
        .extracting(Validator::id)
        .containsExactly("checks.d/link", "checks.d/real");
  }

  @Test
  void names_thatClashInManyWays_areAllTold() throws Exception {
    for (String name : List.of("x", "x.py", "x.sh", "x.sh.py")) {
      script(name, "true");
    }

    assertThat(checks())
        .extracting(Validator::id)
        .containsExactly("checks.d/x", "checks.d/x.py", "checks.d/x.sh", "checks.d/x.sh.py");
  }

  @Test
  void directory_thatIsAFile_holdsNoChecks() throws Exception {
    sandbox.write(sandbox.environment().checksDirectory(), "not a folder");

    assertThat(checks()).isEmpty();
  }

  private TargetView manyFiles() {
    Target target = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    Path content = sandbox.claude().resolve("hooks/good.sh");
    return new TargetView(
        target,
        IntStream.range(0, MANY)
            .mapToObj(
                i ->
                    new TargetView.Node(
                        EntryPath.of("f" + i), content, Optional.empty(), Origin.USER))
            .toList());
  }

  private void file(String name, String content) throws IOException {
    sandbox.write(
        sandbox.environment().checksDirectory().resolve(name),
        content.getBytes(StandardCharsets.UTF_8),
        0755);
  }
}
