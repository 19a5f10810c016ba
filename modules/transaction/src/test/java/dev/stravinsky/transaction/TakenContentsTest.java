package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that a transaction may take are moved where the system can, else copied. */
class TakenContentsTest {
  @Test
  void stage_inMemory_moves() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      assertThat(isLeftBehind(sandbox, SwapWay.EXCHANGE, true)).isFalse();
    }
  }

  @Test
  void stage_onDisk_moves(@TempDir Path directory) throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      assertThat(isLeftBehind(sandbox, SwapWay.EXCHANGE, true)).isFalse();
    }
  }

  @Test
  void stage_whereARenameMayReplace_copies() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      assertThat(isLeftBehind(sandbox, SwapWay.LINK, true)).isTrue();
    }
  }

  @Test
  void stage_contentsThatOthersWant_copies() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      assertThat(isLeftBehind(sandbox, SwapWay.EXCHANGE, false)).isTrue();
    }
  }

  private static boolean isLeftBehind(Sandbox sandbox, SwapWay way, boolean take)
      throws IOException {
    TransactionWorld world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
    Files.createDirectories(sandbox.home().directory());
    world.put(world.hooks(), "check.sh", "echo new", 0755);
    Path content = ((Change.Put) world.changes().getFirst()).content();
    if (take) {
      world.takingContents();
    }
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(world.hook("check.sh")).hasContent("echo new");
    return Files.exists(content);
  }
}
