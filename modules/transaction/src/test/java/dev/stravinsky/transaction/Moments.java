package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Transactions in memory, in one of the ways of swapping, with somebody at work beside them. */
abstract class Moments {
  Sandbox sandbox;
  TransactionWorld world;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.close();
  }

  void openWorld(SwapWay way) throws IOException {
    world = new TransactionWorld(sandbox, way::adapt).withUsualFiles().withUsualChanges();
  }

  /** Exactly one file waits for a person, and nothing else is left. */
  void assertKept(String content) throws IOException {
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent(content));
    assertThat(world.leftovers()).isEmpty();
  }
}
