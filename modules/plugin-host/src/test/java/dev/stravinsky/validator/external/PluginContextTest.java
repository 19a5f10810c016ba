package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.config.Settings.NotifySetting;
import dev.stravinsky.api.config.Settings.TargetSetting;
import dev.stravinsky.pluginhost.hostile.Hostile;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin sees in its process the context that the check was given in this one. */
@Timeout(60)
final class PluginContextTest {
  @TempDir Path directory;

  @Test
  void context_acrossTheProtocol_isTheSame() throws Exception {
    try (PluginWorld world =
        new PluginWorld(directory, Duration.ofSeconds(15)).with(Hostile.Echo.class)) {
      CheckContext context = world.context(Phase.STAGED);
      Validator echo = world.checks().validators(Phase.STAGED, true).getFirst();

      String told = echo.check(context).getFirst().message();

      String expected = new Hostile.Echo().check(context).getFirst().message();
      assertThat(sorted(told)).isEqualTo(sorted(PlainText.line(expected)));
    }
  }

  @Test
  void settings_noneAsUsual_arriveAsTheyAre() throws Exception {
    try (PluginWorld world =
        new PluginWorld(directory, Duration.ofSeconds(15)).with(Hostile.EchoSettings.class)) {
      Settings settings =
          new Settings(
              new Settings.Backup(11, 12, 13, 4, false, 14),
              new Settings.Update(
                  false, false, false, false, 15, Optional.of("/srv/c"), List.of("key 1", "key 2")),
              new Settings.Recovery(16, 17),
              new Settings.Audit(false, 18, 19, 20, false),
              new Settings.Safety(true, false, false, 21, 22),
              List.of(new TargetSetting("tool", "~/.tool", List.of("a.json", "b.json"))),
              List.of(new NotifySetting("command", List.of("notify-send", "hello"))));

      String told =
          world
              .checks()
              .validators(Phase.STAGED, true)
              .getFirst()
              .check(world.context(Phase.STAGED, settings))
              .stream()
              .map(Finding::message)
              .collect(Collectors.joining());

      assertThat(told).isEqualTo(settings.toString());
    }
  }

  @Test
  void file_inStaging_isReportedByItsLivePath() throws Exception {
    try (PluginWorld world =
        new PluginWorld(directory, Duration.ofSeconds(15)).with(Hostile.Good.class)) {
      Finding finding =
          world
              .checks()
              .validators(Phase.STAGED, true)
              .getFirst()
              .check(world.context(Phase.STAGED))
              .getFirst();

      assertThat(finding.file()).contains(world.sandbox().claude().resolve("hooks/a.sh"));
      assertThat(finding.line()).hasValue(1);
      assertThat(finding.hint()).contains("none");
      assertThat(finding.checkId()).isEqualTo("plugin/good");
    }
  }

  @Test
  void plugin_removed_isGoneInTheNextCommand() throws Exception {
    try (PluginWorld world =
        new PluginWorld(directory, Duration.ofSeconds(15)).with(Hostile.Good.class)) {
      assertThat(world.checks().validators(Phase.STAGED, true)).hasSize(1);
      Files.delete(world.plugins().resolve("Good.jar"));
      ExternalProcesses next = new ExternalProcesses(world.sandbox().services());
      assertThat(next.validators(Phase.STAGED, true)).isEmpty();
    }
  }

  @Test
  void plugins_notWanted_areNotStarted() throws Exception {
    try (PluginWorld world =
        new PluginWorld(directory, Duration.ofSeconds(15)).with(Hostile.ExitsInStart.class)) {
      assertThat(world.checks().validators(Phase.PRE_UPDATE, false)).isEmpty();
    }
  }

  /** Maps have no order: their letters are compared. */
  private static List<Integer> sorted(String text) {
    return text.chars().sorted().boxed().toList();
  }
}
