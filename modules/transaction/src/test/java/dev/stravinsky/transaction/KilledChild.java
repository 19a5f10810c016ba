package dev.stravinsky.transaction;

import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Path;

/** Installs one version after the other until it is killed. */
final class KilledChild {
  static final int FILES = 12;

  private KilledChild() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    for (int version = Integer.parseInt(arguments[1]); true; version++) {
      try (Sandbox sandbox = Sandbox.onDisk(directory);
          TransactionWorld world = new TransactionWorld(sandbox, e -> e)) {
        for (int i = 0; i < FILES; i++) {
          // Some files come and go with every other version.
          if (i % 4 != 3 || version % 2 == 0) {
            world.put(world.hooks(), "d" + i % 3 + "/f" + i, "version " + version, 0755);
          } else {
            world.delete(world.hooks(), "d" + i % 3 + "/f" + i);
          }
        }
        world.put(world.settings(), "settings.json", "version " + version, 0600);
        try (Transaction transaction = world.stage(new Told())) {
          transaction.swap();
          if (version % 3 == 0) {
            transaction.undo();
          } else {
            transaction.commit();
          }
        }
      }
      System.out.println("ended " + version);
    }
  }
}
