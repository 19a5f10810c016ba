package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.SimulatedPlatformFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholeForceTest {
  private final FaultFileSystem memory = FaultFileSystem.inMemory();
  private final SimulatedPlatformFiles platform = memory.newProcess();
  private final Path directory = memory.getPath("/");

  @AfterEach
  void close() throws IOException {
    memory.close();
  }

  @Test
  void force_fileSystemHasTheCall_isOneOperation() throws IOException {
    try (WholeForce force = WholeForce.before(platform, directory)) {
      memory.trace(true);
      assertThat(force.force()).isTrue();
    }
    assertThat(kinds()).containsExactly(Kind.SYNC);
  }

  @Test
  void force_fileSystemHasNoSuchCall_doesNothingAndSaysSo() throws IOException {
    var limited = platform.with(new Capabilities(true, true, false, true));
    memory.trace(true);
    try (WholeForce force = WholeForce.before(limited, directory)) {
      assertThat(force.force()).isFalse();
    }
    try (WholeForce force = WholeForce.none()) {
      assertThat(force.force()).isFalse();
    }
    assertThat(kinds()).isEmpty();
  }

  @Test
  void force_diskRefuses_throws() throws IOException {
    try (WholeForce force = WholeForce.before(platform, directory)) {
      memory.plan(FaultPlan.failAt(1, Errno.EIO));
      assertThatThrownBy(force::force).isInstanceOf(IOException.class);
      assertThat(memory.injected()).isEqualTo(1);
    }
  }

  private List<Kind> kinds() {
    return memory.traced().stream().map(FileOperation::kind).toList();
  }
}
