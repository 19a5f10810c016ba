package dev.stravinsky.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locks that other real processes hold: POSIX ones by Python, others by util-linux's flock. */
final class FileLocksTest {
  private static final String POSIX =
      "import fcntl, sys\n"
          + "f = open(sys.argv[1], 'r+')\n"
          + "fcntl.lockf(f, getattr(fcntl, sys.argv[2]), *map(int, sys.argv[3:]))\n"
          + "print('held', flush=True)\n"
          + "sys.stdin.read()\n";

  private final List<Process> holders = new ArrayList<>();
  private Sandbox sandbox;
  private Path file;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
    file = sandbox.write(sandbox.claude().resolve("hooks/a.sh"), "echo a\n");
    sandbox.write(sandbox.claude().resolve("hooks/b.sh"), "echo b\n");
  }

  @AfterEach
  void close() throws Exception {
    for (Process holder : holders) {
      holder.destroyForcibly().waitFor();
    }
    sandbox.close();
  }

  /** Also a lock of one byte far behind the end, as SQLite has them. */
  @ParameterizedTest
  @CsvSource({"LOCK_EX,", "LOCK_SH,", "LOCK_EX,1 1073741824"})
  void check_posixLockOfAnotherProcess_blocksAndNamesIt(String mode, String range)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-c", POSIX, file.toString(), mode));
    command.addAll(range == null ? List.of() : List.of(range.split(" ")));

    assertBlocked(holding(command));
  }

  @ParameterizedTest
  @CsvSource({"--exclusive", "--shared"})
  void check_flockOfAnotherProcess_blocksAndNamesIt(String mode) throws Exception {
    assertBlocked(
        holding(
            List.of(
                "flock", mode, "--no-fork", file.toString(), "sh", "-c", "echo held; read -r x")));
  }

  @Test
  void check_lockIsFreedWhileWaiting_passes() throws Exception {
    Process holder =
        holding(List.of("flock", "--no-fork", file.toString(), "sh", "-c", "echo held; read -r x"));
    AtomicInteger asked = new AtomicInteger();
    // The check asks now and then whether it is to stop; by then it has seen the lock.
    CheckContexts context =
        installing()
            .cancellation(
                () -> {
                  if (asked.incrementAndGet() == 4) {
                    holder.destroyForcibly().onExit().join();
                  }
                  return false;
                });

    assertThat(new FileLocks(sandbox.environment().platform()).check(context.build())).isEmpty();
    assertThat(holder.isAlive()).isFalse();
  }

  private void assertBlocked(Process holder) throws Exception {
    CheckContexts impatient = installing().settings(DefaultSettings.withSafety(100, 0));

    List<Finding> findings =
        new FileLocks(sandbox.environment().platform()).check(impatient.build());

    assertThat(findings)
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK && f.kind() == ErrorKind.FILE_LOCKED)
        .matches(f -> f.file().orElseThrow().equals(file));
    if (Files.isReadable(Path.of("/proc/locks"))) {
      assertThat(findings.getFirst().message()).startsWith("process " + holder.pid() + " (");
    }
  }

  private CheckContexts installing() throws IOException {
    CheckContexts context = CheckContexts.in(sandbox).liveClaude();
    var hooks = context.build().target("hooks", Scope.USER).orElseThrow().target();
    return context.changed(
        Stream.of("a.sh", "b.sh").map(name -> new TargetPath(hooks, EntryPath.of(name))).toList());
  }

  private Process holding(List<String> command) throws IOException {
    String program = command.getFirst();
    Stream<String> path = Stream.of(System.getenv("PATH").split(":", -1));
    assumeTrue(path.anyMatch(p -> Files.isExecutable(Path.of(p, program))), "no " + program);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    holders.add(process);
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
    return process;
  }
}
