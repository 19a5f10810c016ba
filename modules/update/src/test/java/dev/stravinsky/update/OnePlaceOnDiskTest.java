package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OnePlaceOnDiskTest extends OnePlaceContract {
  @TempDir Path elsewhere;

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
    Disk disk = new Disk(sandbox.userHome(), sandbox.claude(), elsewhere);
    try {
      assumeTrue(disk.mounted(sandbox.claude().resolve("hooks"), mirror), "mounting needs root");

      updateAndUndo();

      assertThat(names()).doesNotContain("mirror");
    } finally {
      disk.close();
    }
  }
}
