package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.check.Plugins;
import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.check.Plugins.State;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.pluginhost.hostile.Hostile;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listing, installing and removing plugins, with the real host. */
@Timeout(60)
final class PluginsServiceTest {
  @TempDir Path directory;
  private Sandbox sandbox;
  private Plugins plugins;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.onDisk(directory);
    plugins = sandbox.services().plugins();
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  @Test
  void list_nothingThere_isEmpty() throws Exception {
    assertThat(plugins.list()).isEmpty();
  }

  @Test
  void install_bundle_isListedAsActive() throws Exception {
    Plugin installed = plugins.install(jar("any-name.jar", TestBundle.of(Hostile.Good.class)));

    assertThat(installed.name()).isEqualTo("test.Good");
    assertThat(installed.version()).isEqualTo("1.2.3");
    assertThat(installed.state()).isEqualTo(State.ACTIVE);
    assertThat(installed.provides()).containsExactly("check:good");
    assertThat(installed.file())
        .isEqualTo(sandbox.environment().userPlugins().resolve("test.Good.jar"));
    assertThat(plugins.list()).containsExactly(installed);
  }

  @Test
  void install_otherVersion_replacesTheFile() throws Exception {
    Files.createDirectories(sandbox.environment().userPlugins());
    Path dropped = sandbox.environment().userPlugins().resolve("dropped.jar");
    Files.write(dropped, TestBundle.of(Hostile.Good.class).bytes());

    Plugin installed =
        plugins.install(
            jar("new.jar", TestBundle.of(Hostile.Good.class).header("Bundle-Version", "2")));

    assertThat(installed.file()).isEqualTo(dropped);
    assertThat(plugins.list()).extracting(Plugin::version).containsExactly("2.0.0");
  }

  @Test
  void install_noBundle_isRefusedAndNothingChanges() throws Exception {
    byte[] good = TestBundle.of(Hostile.Good.class).bytes();
    assertRefused(new byte[0], "the file is empty");
    assertRefused("text".getBytes(java.nio.charset.StandardCharsets.UTF_8), "not a JAR");
    assertRefused(Arrays.copyOf(good, good.length - 100), "cut off");
    assertRefused(Arrays.copyOf(good, 100), "damaged"); // In the manifest.
    assertRefused(
        TestBundle.of(Hostile.Good.class).without("Bundle-SymbolicName").bytes(), "SymbolicName");
    assertRefused(
        TestBundle.of(Hostile.Good.class).header("Bundle-SymbolicName", "../../x").bytes(),
        "../../x");

    assertThat(Files.exists(sandbox.environment().userPlugins())).isFalse();
  }

  @Test
  void install_noSuchFile_isNotFound() {
    assertThatThrownBy(() -> plugins.install(directory.resolve("nothing.jar")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void list_pluginThatDoesNotStart_saysWhy() throws Exception {
    Plugin installed = plugins.install(jar("x.jar", TestBundle.of(Hostile.ExitsInStart.class)));

    assertThat(installed.state()).isEqualTo(State.INACTIVE);
    assertThat(installed.name()).isEqualTo("test.ExitsInStart");
    assertThat(installed.reason().orElseThrow()).contains("exit status 7");
  }

  @Test
  void remove_byName_removesTheFile() throws Exception {
    Plugin installed = plugins.install(jar("x.jar", TestBundle.of(Hostile.Good.class)));

    plugins.remove("test.Good");

    assertThat(installed.file()).doesNotExist();
    assertThat(plugins.list()).isEmpty();
  }

  @Test
  void remove_fileThatIsNoBundle_byItsFileName() throws Exception {
    Files.createDirectories(sandbox.environment().userPlugins());
    Path broken = sandbox.environment().userPlugins().resolve("broken.jar");
    Files.write(broken, new byte[0]);

    plugins.remove("broken.jar");

    assertThat(broken).doesNotExist();
  }

  @Test
  void remove_unknownName_isNotFound() {
    assertThatThrownBy(() -> plugins.remove("../config.json"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no plugin ../config.json");
  }

  private void assertRefused(byte[] content, String why) throws Exception {
    Path file = directory.resolve("candidate.jar");
    Files.write(file, content);
    assertThatThrownBy(() -> plugins.install(file))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  private Path jar(String name, TestBundle bundle) throws Exception {
    return Files.write(directory.resolve(name), bundle.bytes());
  }
}
