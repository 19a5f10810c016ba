package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A world with real programs in {@code checks.d}. */
@Timeout(60)
abstract class Executables {
  @TempDir Path directory;
  protected Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.onDisk(directory);
    sandbox.write(sandbox.claude().resolve("hooks/bad name.sh"), "one\nFORBIDDEN\n");
    sandbox.write(sandbox.claude().resolve("hooks/good.sh"), "one\n");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  final void assertFails(String id, String... words) {
    assertThatThrownBy(() -> run(id))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContainingAll(words);
  }

  final List<Finding> run(String id) throws Exception {
    return only(id).check(context());
  }

  final Validator only(String id) {
    return checks().stream().filter(check -> check.id().equals(id)).findFirst().orElseThrow();
  }

  final List<Validator> checks() {
    return new ChecksDirectory(sandbox.environment()).checks();
  }

  final void script(String name, String... lines) throws IOException {
    String content = "#!/bin/sh\n" + String.join("\n", lines) + "\n";
    sandbox.write(
        sandbox.environment().checksDirectory().resolve(name),
        content.getBytes(StandardCharsets.UTF_8),
        0755);
  }

  final CheckContext context() throws IOException {
    Target target = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    return context(List.of(TargetWalk.live(target)));
  }

  final CheckContext installingNothing() throws IOException {
    return CheckContexts.in(sandbox).liveClaude().build();
  }

  final CheckContext context(List<TargetView> views) {
    var environment = sandbox.environment();
    return new CheckContext(
        Phase.STAGED,
        Scope.USER,
        views,
        Map.of(),
        List.of(new TargetPath(views.getFirst().target(), EntryPath.of("good.sh"))),
        new Version("v1"),
        Optional.of(new Version("v2")),
        List.of(),
        0,
        DefaultSettings.get(),
        environment.home().directory(),
        environment.userHome(),
        environment.workingDirectory(),
        environment.variables(),
        environment.clock(),
        Cancellation.NEVER);
  }

  static void ended(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.ifPresent(
        handle -> handle.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join());
  }
}
