package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is set aside takes nothing else's place, and the same thing is not kept twice. */
final class SetAsideTest {
  private Sandbox sandbox;
  private Conflicts conflicts;
  private Target hooks;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    conflicts = sandbox.services().conflicts();
    hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Path keep(String content) throws IOException {
    Header header =
        new Header(
            "tx1",
            Scope.USER,
            "update",
            sandbox.environment().clock().instant(),
            Map.of(TransactionRequest.VERSION, "v2"),
            List.of(hooks),
            List.of());
    EntryPath path = EntryPath.of("check.sh");
    Path live = path.resolveIn(hooks.root());
    Step step =
        new Step(
            Step.Operation.REPLACE,
            0,
            path,
            live,
            live,
            live,
            EntryState.ABSENT,
            EntryState.ABSENT,
            "",
            "");
    Path file = sandbox.write(sandbox.root().resolve("content"), content);
    return new SetAside(conflicts).keep(header, step, file);
  }

  private Path other(String version, Target target, String path) throws IOException {
    Path file = sandbox.write(sandbox.root().resolve("other"), "other");
    return conflicts.setAside(new Version(version), target, EntryPath.of(path), file).theirs();
  }

  @Test
  void keep_severalContentsOfOneFile_eachHasItsOwnName() throws IOException {
    Path first = keep("one");
    Path second = keep("two");
    Path third = keep("three");

    assertThat(first).hasFileName("check.sh").hasContent("one");
    assertThat(second).hasFileName("check.sh~2").hasContent("two");
    assertThat(third).hasFileName("check.sh~3").hasContent("three");
    assertThat(conflicts.list()).hasSize(3);
    assertThat(conflicts.list()).allMatch(each -> each.version().equals(new Version("v2")));
  }

  @Test
  void keep_theSameAgain_isKeptOnce() throws IOException {
    Path first = keep("one");

    assertThat(keep("one")).isEqualTo(first).hasContent("one");
    assertThat(conflicts.list()).hasSize(1);
  }

  @Test
  void keep_anotherVersionScopeTargetOrPath_isNotInTheWay() throws IOException {
    Path project = sandbox.root().resolve("project");
    List<Path> others =
        List.of(
            other("v1", hooks, "check.sh"),
            other("v2", Target.tree("hooks", Scope.project(project), project), "check.sh"),
            other("v2", Target.tree("commands", Scope.USER, sandbox.claude()), "check.sh"),
            other("v2", hooks, "check.py"));

    assertThat(keep("one")).hasFileName("check.sh").hasContent("one");
    assertThat(others).allSatisfy(each -> assertThat(each).hasContent("other"));
    assertThat(conflicts.list()).hasSize(5);
  }
}
