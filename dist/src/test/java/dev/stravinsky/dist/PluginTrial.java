package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.dist.hostile.Hostile;
import dev.stravinsky.testkit.TestBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** An update with something in the user's plugins, tried again and again from one beginning. */
final class PluginTrial {
  private final Trial trial;
  private final SortedMap<String, String> before;
  private final SortedMap<String, String> after;

  /**
   * Installs the first of two releases.
   *
   * @param folder of its own, for the releases and what is kept
   * @param home where the user lives
   */
  PluginTrial(Path folder, Path home) throws IOException, InterruptedException {
    trial = new Trial(folder, home, 0);
    before = Live.of(trial.user()).entries();
    after = trial.releases().expected(before);
  }

  User user() {
    return trial.user();
  }

  /** Nothing was dropped and the first release is installed. */
  void restore() throws IOException, InterruptedException {
    trial.restore();
  }

  void drop(Class<?> plugin) throws IOException {
    drop(plugin.getSimpleName() + ".jar", TestBundle.of(plugin).bytes());
  }

  Path drop(String name, byte[] content) throws IOException {
    return Files.write(Files.createDirectories(plugins()).resolve(name), content);
  }

  Path plugins() {
    return user().home().resolve(".stravinsky/plugins");
  }

  /** What the good plugin leaves when it is asked in a phase, or at its {@code START}. */
  Path goodIn(String phase) {
    return user().home().resolve("good-" + phase);
  }

  /** The update to the second release. */
  Run updates(String... options) throws IOException, InterruptedException {
    List<Object> words = new ArrayList<>(Arrays.asList(trial.words()));
    words.addAll(Arrays.asList(options));
    return user().types(words.toArray());
  }

  void assertOld(Run run, int status) throws IOException {
    assertEnded(run);
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertThat(Live.of(user()).differencesFrom(before)).as(run.toString()).isEmpty();
  }

  void assertNew(Run run) throws IOException {
    assertEnded(run);
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(Live.of(user()).differencesFrom(after)).as(run.toString()).isEmpty();
  }

  /** All is old but for one file, which is as the plugin left it. */
  void assertOldBut(Hostile.Writes writer, Run run) throws IOException {
    assertEnded(run);
    assertThat(Live.of(user()).differencesFrom(before))
        .as(run.toString())
        .singleElement()
        .asString()
        .startsWith(".claude/" + writer.file() + " ");
    assertThat(user().claude().resolve(writer.file())).content().endsWith(Hostile.MARK);
  }

  void assertUpdatesWithoutPlugins() throws IOException, InterruptedException {
    Files.delete(goodIn("START"));
    assertNew(updates("--no-plugins"));
    assertThat(goodIn("START")).doesNotExist();
  }

  /** No stack trace, no folder of a transaction, no process, and a trail that is one chain. */
  private void assertEnded(Run run) throws IOException {
    Aftermath aftermath = new Aftermath(user(), before, after, 0);
    aftermath.ended(run);
    assertThat(aftermath.violations()).isEmpty();
    assertThat(Live.of(user()).leftovers()).as(run.toString()).isEmpty();
    assertThat(processes()).as(run.toString()).isEmpty();
    assertThat(Aftermath.successes(user(), false)).isEqualTo(run.status() == 0 ? 2 : 1);
  }

  /** What runs and was told of this home: plugin hosts, and what plugins have started. */
  private List<String> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(line -> line.contains(user().home() + "/"))
          .toList();
    }
  }
}
