package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What cannot be looked at is not taken for what is not there: it would be lost in a backup. */
class TargetWalkErrorsTest {
  @Test
  void live_rootCannotBeLookedAt_isAnError() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
      sandbox.write(hooks.root().resolve("a.sh"), "a");
      failToLookAt(sandbox, hooks.root());
      assertThatThrownBy(() -> TargetWalk.live(hooks)).hasMessageContaining("Input/output error");
    }
  }

  @Test
  void live_fileCannotBeLookedAt_isAnError() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target settings =
          new Target("settings", Scope.USER, sandbox.claude(), List.of("settings.json"));
      Path file = sandbox.write(sandbox.claude().resolve("settings.json"), "{}");
      failToLookAt(sandbox, file);
      assertThatThrownBy(() -> TargetWalk.live(settings))
          .hasMessageContaining("Input/output error");
    }
  }

  @Test
  void live_rootBelowAFileOrAtADanglingLink_isEmpty() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path file = sandbox.write(sandbox.claude().resolve("file"), "no directory");
      Target below = Target.tree("hooks", Scope.USER, file.resolve("hooks"));
      assertThat(TargetWalk.live(below).nodes()).isEmpty();
    }
  }

  @Test
  void live_linksThatLeadNowhereOrInACircle_areThereAsLinks() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
      Files.createDirectories(hooks.root());
      Files.createSymbolicLink(
          hooks.root().resolve("circle"), hooks.root().getFileSystem().getPath("circle"));
      Files.createSymbolicLink(
          hooks.root().resolve("nowhere"), hooks.root().getFileSystem().getPath("gone"));

      assertThat(TargetWalk.live(hooks).nodes())
          .hasSize(2)
          .allSatisfy(node -> assertThat(node.linkEnd()).isEmpty());
    }
  }

  @Test
  void live_diskFailsAtALinksEnd_isAnError() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target hooks = linkedHook(sandbox);
      failAtTheEnd(sandbox, hooks.root().resolve("link"), Errno.EIO);
      assertThatThrownBy(() -> TargetWalk.live(hooks)).hasMessageContaining("Input/output error");
    }
  }

  @Test
  void live_linksEndIsClosedToThisUser_isALinkToNothing() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target hooks = linkedHook(sandbox);
      failAtTheEnd(sandbox, hooks.root().resolve("link"), Errno.EACCES);
      assertThat(TargetWalk.live(hooks).nodes())
          .singleElement()
          .satisfies(node -> assertThat(node.linkEnd()).isEmpty());
    }
  }

  private static Target linkedHook(Sandbox sandbox) throws IOException {
    Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    Path file = sandbox.write(sandbox.claude().resolve("elsewhere.sh"), "content");
    Files.createDirectories(hooks.root());
    Files.createSymbolicLink(hooks.root().resolve("link"), file);
    return hooks;
  }

  /** The link itself is looked at first. */
  private static void failAtTheEnd(Sandbox sandbox, Path link, Errno errno) {
    AtomicInteger looks = new AtomicInteger();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind() == Kind.STAT && o.path().equals(link) && looks.incrementAndGet() == 2,
                errno));
  }

  private static void failToLookAt(Sandbox sandbox, Path path) {
    sandbox
        .faults()
        .plan(FaultPlan.failWhere(o -> o.kind() == Kind.STAT && o.path().equals(path), Errno.EIO));
  }
}
