package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This process holds the lock, and the packaged program is another one that wants it. */
class LockedTest {
  private static final int LOCKED = 6;

  @TempDir Path temporary;

  @Test
  void backupVerify_anotherProcessChangesSomething_endsWithSixAndSaysWho() throws Exception {
    try (Sandbox sandbox = Sandbox.onDisk(temporary);
        Lease changing = sandbox.services().transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      assertThat(changing).isNotNull();
      User user = new User(sandbox.userHome());
      user.variables().put("STRAVINSKY_SAFETY_LOCK_TIMEOUT_SECONDS", "1");

      Run run = user.types("backup", "verify");

      assertThat(run.status()).as(run.toString()).isEqualTo(LOCKED);
      assertThat(run.err())
          .contains("held by process " + ProcessHandle.current().pid() + " (stravinsky test)")
          .contains(sandbox.home().lock().toString());
      assertThat(Files.exists(sandbox.home().lockOwner())).isTrue();
    }
  }
}
