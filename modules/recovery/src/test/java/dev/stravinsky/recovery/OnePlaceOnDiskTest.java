package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OnePlaceOnDiskTest extends OnePlaceContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void update_customTargetIsAnotherMountOfHooks_isOneWithThem() throws Exception {
    sandbox.write(sandbox.claude().resolve("hooks/mine/tool.sh"), "mine");
    Path mirror = Files.createDirectories(sandbox.userHome().resolve("mirror"));
    customTarget("mirror", "~/mirror/mine");
    assumeTrue(
        ran("mount", "--bind", sandbox.claude().resolve("hooks"), mirror), "mounting needs root");
    try {
      updateAndUndo();

      assertThat(names()).doesNotContain("mirror");
    } finally {
      assertThat(ran("umount", mirror)).isTrue();
    }
  }

  private static boolean ran(Object... command) throws Exception {
    List<String> words = Stream.of(command).map(Object::toString).toList();
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
  }
}
