package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.pluginhost.hostile.Hostile;
import dev.stravinsky.pluginhost.kinds.Kinds;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.TestBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind beside the checks, served by a real plugin host: a plugin is told the very values that
 * the product has, and one that misbehaves fails by its name while the one beside it works.
 */
@Timeout(120)
final class PluginServicesTest {
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  private static final AuditEvent EVENT =
      new AuditEvent(
          7,
          Instant.parse("2026-01-08T10:00:10.123456Z"),
          "me",
          "here",
          EventDraft.of("id-1", EventType.AUTO_ROLLBACK, EventStatus.ROLLED_BACK, "user")
              .withVersions("v1", "v2")
              .withDuration(Duration.ofNanos(1_234_567_890))
              .withDetails(Map.of("key", "v\u00e4lue\n2"))
              .withError("it \"broke\""),
          "0".repeat(64),
          "1".repeat(64));

  private static final AuditEvent PLAIN_EVENT =
      new AuditEvent(
          1,
          Instant.parse("2026-01-08T10:00:10Z"),
          "me",
          "here",
          EventDraft.of("id-2", EventType.UPDATE_START, EventStatus.SUCCESS, "user"),
          "0".repeat(64),
          "2".repeat(64));

  private static final Notification NOTIFICATION =
      new Notification(
          "UPDATE_FAILED",
          true,
          "it failed",
          Optional.of("stravinsky status"),
          "here",
          Instant.parse("2026-01-08T10:00:10Z"));

  @TempDir Path directory;

  @Test
  void teller_good_isToldTheSameValues() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Good.class)) {
      BackupManifest manifest = manifest(world);
      Path backup = world.sandbox().home().backups().resolve("v1");

      AuditSink sink = only(world, AuditSink.class);
      sink.appended(EVENT);
      sink.appended(PLAIN_EVENT);
      only(world, Notifier.class).send(NOTIFICATION, Cancellation.NEVER);
      only(world, BackupListener.class).created(manifest, backup);
      only(world, BackupListener.class).deleting(manifest, backup);

      assertThat(heard(world))
          .isEqualTo(
              String.join(
                      "\n",
                      "appended " + EVENT,
                      "appended " + PLAIN_EVENT,
                      "send " + NOTIFICATION,
                      "created " + manifest + " " + backup,
                      "deleting " + manifest + " " + backup)
                  + "\n");
      assertThat(sink.id()).isEqualTo("plugin/test.Good");
    }
  }

  @Test
  void source_good_fetchesIntoTheDirectory() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Good.class)) {
      ReleaseSource source = only(world, ReleaseSource.class);
      Path into = Files.createDirectories(directory.resolve("into"));

      assertThat(source.handles("test:v1")).isTrue();
      assertThat(source.handles("https://example.com/v1.tar.gz")).isFalse();
      assertThat(source.fetch("test:v1", into, Cancellation.NEVER))
          .isEqualTo(into.resolve("fetched.txt"))
          .hasContent("test:v1");
    }
  }

  @Test
  void targets_good_areThoseOfThePluginAndAskedForOnce() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Good.class)) {
      var environment = world.sandbox().environment();
      TargetProvider provider = only(world, TargetProvider.class);
      Path home = environment.userHome();
      Target tool = Target.tree("tool", Scope.USER, home.resolve(".tool"));
      Target rc = new Target("rc", Scope.USER, home, List.of(".toolrc", ".toolrc.local"));

      for (int times = 0; times < 2; times++) {
        assertThat(provider.targets(Scope.USER, environment, DefaultSettings.get()))
            .containsExactly(tool, rc);
        assertThat(provider.projectAt(environment))
            .contains(Scope.project(environment.workingDirectory().toRealPath()));
      }
      Files.createDirectories(tool.root());
      Files.writeString(tool.root().resolve("a"), "a");
      TargetView view = TargetWalk.live(tool);
      Map<String, byte[]> views = provider.effectiveViews(List.of(view));

      assertThat(views).containsOnlyKeys("plugin-test.Good.effective.txt");
      assertThat(new String(views.values().iterator().next(), StandardCharsets.UTF_8))
          .isEqualTo(view.nodes().toString());
      assertThat(heard(world).lines().map(line -> line.split(" ", 2)[0]))
          .containsExactly("targets", "project", "views");
      assertThat(heard(world)).contains(DefaultSettings.get().toString());
    }
  }

  @Test
  void targets_rootThatIsALink_areItsRealPlace() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Good.class)) {
      var environment = world.sandbox().environment();
      Path real = Files.createDirectories(environment.userHome().resolve("dotfiles/tool"));
      Files.createSymbolicLink(environment.userHome().resolve(".tool"), real);

      List<Target> targets =
          only(world, TargetProvider.class).targets(Scope.USER, environment, DefaultSettings.get());

      assertThat(targets.getFirst().root()).isEqualTo(real.toRealPath());
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Kinds.Throws.class,
        Kinds.Exits.class,
        Kinds.Hangs.class,
        Kinds.ExitsInStart.class,
        Kinds.Forgets.class
      })
  void anyKind_misbehaves_failsByNameAndOthersWork(Class<?> plugin) throws Exception {
    Duration limit = plugin == Kinds.Hangs.class ? SHORT : AMPLE;
    try (PluginWorld world = world(limit).with(plugin)) {
      for (Map.Entry<Class<?>, Call<?>> each : calls(world).entrySet()) {
        Throwable failure =
            catchThrowable(
                () -> each.getValue().on(world.services().all(each.getKey()).getFirst()));

        assertThat(failure)
            .describedAs(each.getKey().getSimpleName())
            .isInstanceOf(Exception.class)
            .hasMessageContaining("the plugin " + TestBundle.name(plugin) + " failed as ")
            .hasMessageContaining(REASONS.get(plugin));
      }
    }
  }

  private static final Map<Class<?>, String> REASONS =
      Map.of(
          Kinds.Throws.class, "it threw IllegalStateException: not today",
          Kinds.Exits.class, "it ended the plugin host with exit status 9",
          Kinds.Hangs.class, "it took longer than 400 ms",
          Kinds.ExitsInStart.class, "it ended the plugin host with exit status 7",
          Kinds.Forgets.class, "registers none");

  @Test
  void plugin_endedTheHost_isNotAskedAgainAndTheOthersAre() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Exits.class, Kinds.Good.class)) {
      List<Notifier> notifiers = world.services().all(Notifier.class);

      for (int times = 0; times < 2; times++) {
        for (Notifier notifier : notifiers) {
          Throwable failure = catchThrowable(() -> notifier.send(NOTIFICATION, Cancellation.NEVER));
          if (notifier.id().equals("plugin/test.Good")) {
            assertThat(failure).isNull();
          } else {
            assertThat(failure)
                .hasMessageContaining(times == 0 ? "exit status 9" : "not asked again");
          }
        }
      }

      assertThat(heard(world).lines()).hasSize(2);
    }
  }

  @Test
  void plugin_declaresNothing_isNotUsedAndSaysSo() throws Exception {
    byte[] undeclared = TestBundle.of(Kinds.Good.class).without("Provide-Capability").bytes();
    try (PluginWorld world = world(AMPLE).with("undeclared.jar", undeclared)) {
      for (Class<?> kind : calls(world).keySet()) {
        assertThat(world.services().all(kind)).isEmpty();
      }
      assertThat(world.services().host().isRunning()).isFalse();

      Map<String, Object> checks = world.run(Phase.PRE_UPDATE);

      assertThat(checks.get("plugin/test.Good"))
          .asString()
          .contains("its notifier is not used, since its manifest does not declare it")
          .contains("osgi.service;objectClass:List<String>=\"dev.stravinsky.spi.Notifier\"");
    }
  }

  @Test
  void all_isAsked_hostIsNotStarted() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Kinds.Good.class)) {
      assertThat(world.services().all(TargetProvider.class)).hasSize(1);
      assertThat(world.services().host().isRunning()).isFalse();

      assertThatThrownBy(() -> world.services().all(String.class))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** One call of a kind's service. */
  private interface Call<S> {
    void on(Object service) throws Exception;

    static <S> Call<S> of(Class<S> kind, Use<S> use) {
      return service -> use.use(kind.cast(service));
    }
  }

  private interface Use<S> {
    void use(S service) throws Exception;
  }

  private Map<Class<?>, Call<?>> calls(PluginWorld world) throws Exception {
    BackupManifest manifest = manifest(world);
    var environment = world.sandbox().environment();
    return Map.of(
        AuditSink.class, Call.of(AuditSink.class, sink -> sink.appended(EVENT)),
        BackupListener.class,
            Call.of(BackupListener.class, listener -> listener.created(manifest, directory)),
        Notifier.class, Call.of(Notifier.class, n -> n.send(NOTIFICATION, Cancellation.NEVER)),
        ReleaseSource.class, Call.of(ReleaseSource.class, source -> source.handles("test:v1")),
        TargetProvider.class,
            Call.of(
                TargetProvider.class,
                p -> p.targets(Scope.USER, environment, DefaultSettings.get())));
  }

  private PluginWorld world(Duration limit) throws Exception {
    return new PluginWorld(directory, START_LIMIT, given -> limit);
  }

  @Test
  void host_thatServesChecksOnly_endsWhenThereAreNoMore() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Hostile.Echo.class)) {
      Set<ProcessHandle> others = children();
      assertThat(world.run(Phase.STAGED)).containsOnlyKeys("plugin/echo");
      Set<ProcessHandle> host = children();
      host.removeAll(others);
      assertThat(host).isNotEmpty();

      world.checks().noMoreChecks();

      for (ProcessHandle each : host) {
        each.onExit().get(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void host_thatServesMore_isThereWhenThereAreNoMoreChecks() throws Exception {
    try (PluginWorld world = world(AMPLE).with(Hostile.Echo.class, Kinds.Good.class)) {
      world.run(Phase.STAGED);

      world.checks().noMoreChecks();

      only(world, AuditSink.class).appended(EVENT);
      assertThat(heard(world)).isEqualTo("appended " + EVENT + "\n");
    }
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private static <S> S only(PluginWorld world, Class<S> kind) {
    List<S> all = world.services().all(kind);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static String heard(PluginWorld world) throws Exception {
    return Files.readString(world.sandbox().userHome().resolve("heard"));
  }

  private static BackupManifest manifest(PluginWorld world) throws Exception {
    Path hooks = world.sandbox().claude().resolve("hooks");
    return new BackupManifest(
        new BackupId("v1@2"),
        new Version("v1"),
        Instant.parse("2026-01-08T10:00:10Z"),
        "Linux",
        "25",
        BackupReason.PRE_ROLLBACK,
        Scope.project(world.sandbox().project()),
        List.of(
            new BackupManifest.Root("hooks", Scope.USER, hooks, List.of()),
            new BackupManifest.Root("rc", Scope.USER, hooks, List.of("a b", "\u00e4"))),
        List.of(new BackupManifest.Archive("hooks.tar.gz", 1L << 40, Sha256.of(new byte[0]), 12)),
        Optional.of(new Version("v0")),
        true,
        new TrailHead(9, "3".repeat(64)));
  }
}
