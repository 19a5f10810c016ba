package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Folders;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.plugin.HungryPlugin;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a plugin eat all memory that it can get, on the disk itself, since the plugin host is a
 * process that sees nothing else. Before the swap that blocks the update; after it, it is said.
 */
final class PluginTrials implements AutoCloseable {
  private final Path folder;
  private final World world;
  private final Oracle oracle;

  PluginTrials(Operation operation, Ground ground) throws IOException {
    folder = ground.plainFolder();
    world = Crew.alone(() -> World.plain(operation, Files.createDirectory(folder.resolve("w"))));
    oracle = new Oracle(world.clean());
  }

  /** One for each phase. */
  int places() {
    return Phase.values().length;
  }

  /** Tries one of them. */
  Trial strike(int number) {
    Phase phase = Phase.values()[number];
    List<String> violations = new ArrayList<>();
    Path mark = folder.resolve("eating-" + phase);
    try (Sandbox sandbox = world.copy()) {
      violations.addAll(strike(phase, sandbox, mark));
    } catch (IOException | RuntimeException e) {
      violations.add("the harness itself failed: " + e);
    }
    TrialId id = new TrialId(world.operation(), FaultKind.PLUGIN_MEMORY, number);
    return new Trial(id, "in the phase " + phase, Files.exists(mark), violations);
  }

  private List<String> strike(Phase phase, Sandbox sandbox, Path mark) throws IOException {
    Path plugin = sandbox.environment().userPlugins().resolve("hungry.jar");
    HungryPlugin.write(plugin, phase, mark);
    List<String> violations = new ArrayList<>();
    Ending ending = world.operation().run(sandbox.services());
    sandbox.restart();
    Files.delete(plugin);
    Files.deleteIfExists(plugin.getParent());
    Ending.Kind expected = phase == Phase.POST_UPDATE ? Ending.Kind.DONE : Ending.Kind.NOT_DONE;
    if (ending.kind() != expected) {
      violations.add("a plugin without memory: " + ending);
    }
    if (ending.kind() == Ending.Kind.NOT_DONE) {
      violations.addAll(oracle.notDone(sandbox, ending, Fault.Aftermath.HEALS));
      if (!ending.detail().contains("hungry")) {
        violations.add("the plugin is not named: " + ending);
      }
    }
    violations.addAll(oracle.atRest(sandbox, ending, Fault.Aftermath.HEALS));
    sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
    Ending retry = world.operation().run(sandbox.services());
    sandbox.restart();
    violations.addAll(oracle.afterRetry(sandbox, retry));
    return violations;
  }

  @Override
  public void close() throws IOException {
    world.close();
    Folders.delete(folder);
  }
}
