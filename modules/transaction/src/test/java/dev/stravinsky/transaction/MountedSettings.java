package dev.stravinsky.transaction;

import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A world whose settings file is a mount of its own. */
abstract class MountedSettings {
  static final String SHORT = "{\"a\": 1}";
  static final String LONG = "{\"b\": \"" + "0123456789".repeat(100) + "\"}";

  Sandbox sandbox;
  TransactionWorld world;
  Path live;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
    live = world.settingsFile();
    sandbox.faults().mount(live);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  void settings(String before, String after) throws IOException {
    sandbox.write(live, before);
    world.put(world.settings(), "settings.json", after, 0600);
  }

  Object inode() throws IOException {
    return Files.readAttributes(live, BasicFileAttributes.class).fileKey();
  }

  Recovered recover() throws IOException {
    world.restart();
    TransactionRecord record = world.transactions().interrupted().getFirst();
    return world.transactions().recover(record, new Told());
  }
}
