package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosTest {
  /** So many places of each scenario in a build; {@code Main} tries all of them. */
  private static final int MOST = Integer.getInteger("chaos.most", 8);

  @Test
  void everyFault_againstUpdateAndRollback_leavesOldOrNew() throws IOException {
    long seed = Long.getLong("chaos.seed", 1);
    List<Scenario> scenarios = Scenarios.all().stream().map(s -> s.thinnedTo(MOST)).toList();
    assertThat(Main.run(scenarios, seed, Integer.MAX_VALUE, System.out))
        .as("chaos.seed=%d", seed)
        .isTrue();
  }
}
