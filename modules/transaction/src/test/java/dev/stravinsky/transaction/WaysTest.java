package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaysTest {
  private final Ways ways = new Ways();
  private Sandbox sandbox;
  private Path outer;
  private Path inner;

  /** A target whose root is a link, within another one. */
  @BeforeEach
  void makeTargets() throws IOException {
    sandbox = Sandbox.inMemory();
    outer = Files.createDirectories(sandbox.claude());
    Path elsewhere = Files.createDirectories(sandbox.root().resolve("elsewhere"));
    inner = Files.createSymbolicLink(outer.resolve("linked"), elsewhere);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void refusal_linkIsTheRootOfOneTarget_isStillALinkWithinAnother() throws IOException {
    assertThat(ways.refusal(inner, inner.resolve("hook.sh"))).isEmpty();
    assertThat(ways.refusal(outer, inner.resolve("hook.sh")))
        .hasValueSatisfying(why -> assertThat(why).contains("lies below the link " + inner));
  }

  @Test
  void refusal_linkIsWithinOneTarget_mayBeTheRootOfAnother() throws IOException {
    assertThat(ways.refusal(outer, inner.resolve("hook.sh"))).isPresent();
    assertThat(ways.refusal(inner, inner.resolve("hook.sh"))).isEmpty();
  }

  @Test
  void refusal_entriesBelowAFile_areRefusedAtEveryDepth() throws IOException {
    Path file = Files.createFile(outer.resolve("file"));

    assertThat(ways.refusal(outer, file.resolve("a"))).isPresent();
    assertThat(ways.refusal(outer, file.resolve("a/b/c"))).isPresent();
    assertThat(ways.refusal(outer, outer.resolve("none/b/c"))).isEmpty();
  }
}
