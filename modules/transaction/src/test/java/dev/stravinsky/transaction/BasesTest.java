package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BasesTest {
  @Test
  void existing_nothingOrAFileThere_isTheNearestDirectory() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path claude = sandbox.claude();
      sandbox.write(claude.resolve("file"), "no directory");
      assertThat(Bases.existing(claude)).isEqualTo(claude);
      assertThat(Bases.existing(claude.resolve("no/such"))).isEqualTo(claude);
      assertThat(Bases.existing(claude.resolve("file/below"))).isEqualTo(claude);
    }
  }

  @Test
  void existing_directoryCannotBeLookedAt_isNotTakenForMissing() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path claude = sandbox.claude();
      sandbox
          .faults()
          .plan(
              FaultPlan.failWhere(
                  o -> o.kind() == Kind.STAT && o.path().equals(claude), Errno.EIO));
      assertThatThrownBy(() -> Bases.existing(claude))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Input/output error");
    }
  }
}
