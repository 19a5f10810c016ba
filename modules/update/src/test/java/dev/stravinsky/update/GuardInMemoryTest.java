package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.update.GuardResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.GuardContract;
import dev.stravinsky.testkit.fs.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class GuardInMemoryTest extends GuardContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** The superuser may look into everything, so this user is none. */
  @Test
  void run_foldersAreClosedToTheirOwner_everythingIsBack() throws IOException {
    SortedMap<String, String> before = live();
    GuardResult result =
        guard(
            1,
            () -> {
              mode(claude("hooks/deep"), 0);
              mode(claude("hooks"), 0);
              mode(claude("commands/empty"), 0100);
              mode(claude("commands"), 0200);
              sandbox.faults().actAs(new Credentials("user", "group"));
            });

    assertThat(result).isInstanceOf(GuardResult.RolledBack.class);
    assertThat(live()).isEqualTo(before);
  }
}
