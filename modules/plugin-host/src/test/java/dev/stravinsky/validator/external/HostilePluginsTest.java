package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.check.Plugins.State;
import dev.stravinsky.pluginhost.hostile.Hostile;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.TestBundle;
import dev.stravinsky.validator.external.HostDescription.Hosted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several plugins that misbehave at once, and files that are none: each is reported by its name and
 * the good one beside them runs. Each way to misbehave on its own is tried with the packaged
 * distribution.
 */
@Timeout(120)
final class HostilePluginsTest {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void severalExit_atOnce_onlyTheyFail() throws Exception {
    try (PluginWorld world =
        world()
            .with(Hostile.ExitsInCheck.class, Hostile.ExitsInStart.class, Hostile.EatsHeap.class)
            .with(Hostile.Good.class, Hostile.Prints.class, Hostile.Echo.class)) {
      Map<String, Object> results = world.run(Phase.PRE_UPDATE);

      assertThat(results.get("plugin/exitsincheck"))
          .asString()
          .contains("ended the plugin host with exit status 0");
      assertThat(results.get("plugin/eatsheap")).asString().contains("OutOfMemoryError");
      assertThat(failures(results)).hasSize(3);
      assertGoodRan(results);

      // Who ended the host at its start is not started again: it has been told of.
      Map<String, Object> next = world.run(Phase.POST_UPDATE);
      assertThat(failures(next)).hasSize(2);
      assertGoodRan(next);
    }
  }

  @Test
  void check_overItsTime_isTimedOut() throws Exception {
    try (PluginWorld world = world().with(Hostile.Loops.class, Hostile.Sleeps.class)) {
      Map<String, Object> results = world.run(Phase.STAGED);

      assertThat(results.get("plugin/loops")).isInstanceOf(TimeoutException.class);
      assertThat(results.get("plugin/sleeps")).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void check_couldNotLook_saysSo() throws Exception {
    try (PluginWorld world = world().with(Hostile.CouldNot.class)) {
      assertThat(world.run(Phase.STAGED).get("plugin/couldnot"))
          .isInstanceOf(CouldNotCheckException.class)
          .asString()
          .contains("no interpreter");
    }
  }

  @Test
  void check_prints_protocolIsNotDisturbed() throws Exception {
    try (PluginWorld world = world().with(Hostile.Prints.class, Hostile.Good.class)) {
      Map<String, Object> results = world.run(Phase.STAGED);

      assertThat(findings(results, "plugin/prints"))
          .singleElement()
          .satisfies(f -> assertThat(f.message()).isEqualTo("printed [31m something"))
          .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARN));
      assertGoodRan(results);
    }
  }

  @Test
  void files_thatAreNoBundles_areReportedByName() throws Exception {
    byte[] good = TestBundle.of(Hostile.Good.class).bytes();
    byte[] damaged = good.clone();
    Arrays.fill(damaged, good.length / 2, good.length / 2 + 9, (byte) 0);
    try (PluginWorld world =
        world()
            .with(Hostile.Good.class)
            .with("zero.jar", new byte[0])
            .with("cut.jar", Arrays.copyOf(good, good.length / 2))
            .with("damaged.jar", damaged)
            .with("text.jar", "no jar".getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .with("plain.jar", plainJar())
            .with("README.md", new byte[] {1})
            .with(".hidden", new byte[] {1})
            .with("needs.jar", needs("not.there"))) {
      Map<String, Object> results = world.run(Phase.PRE_UPDATE);
      List<Hosted> plugins = world.services().host().description().plugins();

      assertThat(failures(results)).hasSize(6);
      assertThat(results)
          .containsKeys(
              "plugin/zero.jar",
              "plugin/cut.jar",
              "plugin/damaged.jar",
              "plugin/text.jar",
              "plugin/plain.jar");
      assertThat(results.get("plugin/test.needs"))
          .asString()
          .contains("does not resolve")
          .contains("not.there");
      assertThat(plugins)
          .filteredOn(p -> p.plugin().state() == State.ACTIVE)
          .singleElement()
          .satisfies(p -> assertThat(p.plugin().provides()).containsExactly("check:good"));
      assertGoodRan(results);
    }
  }

  @Test
  void samePlugin_inBothFolders_usersRunsAndNothingFails() throws Exception {
    try (PluginWorld world = world().with(Hostile.Good.class)) {
      Path distribution = world.sandbox().environment().distributionPlugins();
      Files.write(distribution.resolve("same.jar"), TestBundle.of(Hostile.Good.class).bytes());
      Files.write(
          distribution.resolve("other-version.jar"),
          TestBundle.of(Hostile.Good.class).header("Bundle-Version", "9").bytes());

      Map<String, Object> results = world.run(Phase.PRE_UPDATE);

      assertThat(failures(results)).isEmpty();
      assertGoodRan(results);
      assertThat(world.services().host().description().plugins())
          .extracting(p -> p.plugin().state())
          .containsExactly(State.ACTIVE, State.INACTIVE, State.INACTIVE);
    }
  }

  @Test
  void samePlugin_twiceInOneFolder_isWarnedOfByName() throws Exception {
    byte[] newer = TestBundle.of(Hostile.Good.class).header("Bundle-Version", "9").bytes();
    try (PluginWorld world =
        world()
            .with(Hostile.Good.class)
            .with("same.jar", TestBundle.of(Hostile.Good.class).bytes())
            .with("newer.jar", newer)) {
      List<Hosted> plugins = world.services().host().description().plugins();

      assertThat(plugins).extracting(p -> p.plugin().name()).containsOnly("test.Good");
      assertThat(world.checks().validators(Phase.PRE_UPDATE, true))
          .filteredOn(check -> check instanceof TwinPlugin)
          .extracting(twin -> ((TwinPlugin) twin).plugin().file().getFileName().toString())
          .containsExactly("newer.jar", "same.jar");
    }
  }

  @Test
  void host_afterClose_hasEnded() throws Exception {
    PluginWorld world = world().with(Hostile.Good.class);
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    world.run(Phase.STAGED);
    List<ProcessHandle> hosts =
        ProcessHandle.current().descendants().filter(p -> !before.contains(p)).toList();
    world.close();

    assertThat(hosts).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private PluginWorld world() throws Exception {
    return new PluginWorld(directory, START_LIMIT);
  }

  private static byte[] needs(String packageName) {
    return TestBundle.of(Hostile.Good.class)
        .header("Bundle-SymbolicName", "test.needs")
        .header("Import-Package", packageName)
        .bytes();
  }

  private static byte[] plainJar() {
    return TestBundle.of(Hostile.Good.class)
        .without("Bundle-SymbolicName")
        .without("Bundle-ManifestVersion")
        .bytes();
  }

  @SuppressWarnings("unchecked")
  private static List<Finding> findings(Map<String, Object> results, String id) {
    assertThat(results.get(id)).isInstanceOf(List.class);
    return (List<Finding>) results.get(id);
  }

  private static void assertGoodRan(Map<String, Object> results) {
    assertThat(findings(results, "plugin/good"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).isEqualTo("hooks/a.sh has 7"));
  }

  private static List<Map.Entry<String, Object>> failures(Map<String, Object> results) {
    return results.entrySet().stream().filter(e -> e.getValue() instanceof Throwable).toList();
  }
}
