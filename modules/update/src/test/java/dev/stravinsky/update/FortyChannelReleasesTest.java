package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.ReleaseSeries;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.WebServer;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A signed channel of forty releases on a web server that is in trouble of one kind after the
 * other. Each update ends in the new state, or in the old one with a sentence.
 */
class FortyChannelReleasesTest extends InstalledSandbox {
  private static final String PATIENCE = "stravinsky.patience";

  /** Archives in trouble; all others are served as they are. */
  private final Map<String, WebServer.Page> troubled = new ConcurrentHashMap<>();

  private WebServer server;
  private Path channel;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void serve() throws IOException {
    System.setProperty(PATIENCE, "1");
    server = new WebServer().anywhereElse(this::answer);
    channel = sandbox.root().resolve("channel");
  }

  @AfterEach
  void stop() {
    System.clearProperty(PATIENCE);
    server.close();
  }

  @Test
  void update_fortyReleasesOfAChannelInTrouble_eachEndsInTheNewStateOrTheOld() throws IOException {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    Random random = new Random(seed);
    Map<Trouble, Integer> met = new EnumMap<>(Trouble.class);
    List<Path> releases =
        ReleaseSeries.of(seed).writeTo(release("series"), FortyReleasesContract.RELEASES);
    Path key = key();
    int refused = 0;

    for (int i = 0; i < FortyReleasesContract.RELEASES; i++) {
      Path release = releases.get(i);
      Trouble trouble = Trouble.values()[i % Trouble.values().length];
      String what = "seed " + seed + ", " + name(release) + ", " + trouble;
      publish(release, key);
      trouble(name(release), trouble, random);
      SortedMap<String, String> before = live();
      troubleWithTheChannel(i, random);
      if (trouble.words().isPresent()) {
        assertThat(refusal()).as(what).contains(trouble.words().get());
        assertThat(live()).as(what).isEqualTo(before);
        assertNothingStaged(what);
        troubled.clear();
        troubleWithTheChannel(i + 1, random);
        refused++;
      }
      assertThat(update()).as(what).isInstanceOf(UpdateResult.Updated.class);
      assertThat(FortyReleasesContract.files(live()))
          .as(what)
          .isEqualTo(FortyReleasesContract.files(Tree.of(release)));
      assertNothingStaged(what);
      met.merge(trouble, 1, Integer::sum);
      sandbox.restart();
    }

    assertThat(met).containsOnlyKeys(Trouble.values());
    System.out.println(
        "channel: "
            + FortyReleasesContract.RELEASES
            + " releases, "
            + refused
            + " refused first, "
            + met
            + ", seed "
            + seed);
  }

  private void publish(Path release, Path key) throws IOException {
    ReleaseRequest source =
        new ReleaseRequest(
            release.toString(),
            Optional.of(new Version(name(release))),
            sandbox.services().targets().of(Scope.USER).stream().map(Target::name).toList());
    Path archive = sandbox.root().resolve(name(release) + ".tar.gz");
    sandbox
        .services()
        .releaseBuilder()
        .build(
            new BuildRequest(source, Optional.of("series"), archive, false, false, List.of()),
            Progress.NONE);
    sandbox
        .services()
        .channelFolders()
        .add(
            channel,
            new ReleaseRequest(archive.toString(), Optional.empty(), source.targets()),
            "edition " + name(release),
            new Publishing(List.of(key), false, false, Optional.empty(), false),
            Progress.NONE);
  }

  private static String name(Path release) {
    return release.getFileName().toString();
  }

  private Path key() throws IOException {
    Path key = sandbox.root().resolve("team");
    PublicKey pinned = sandbox.services().channelFolders().makeKeys(key, false).orElseThrow();
    sandbox.settings(
        "{\"update\": {\"channel\": \"%s\", \"trusted_keys\": [\"%s\"]}}"
            .formatted(server.url("/channel/"), pinned.text()));
    return key.resolveSibling("team.sec");
  }

  private UpdateResult update() throws IOException {
    UpdateRequest newest =
        new UpdateRequest(
            "",
            Optional.empty(),
            Scope.USER,
            ConflictPolicy.KEEP,
            // By chance a release names other hooks than the one before.
            Set.of("protections"),
            true,
            false);
    return sandbox.services().updater().update(newest, Progress.NONE);
  }

  /** How an update ends that cannot be done. */
  private String refusal() throws IOException {
    try {
      return "no refusal but " + update();
    } catch (StravinskyException e) {
      assertThat(e.problems().getFirst().unchanged()).contains("nothing was changed");
      assertThat(e.problems().getFirst().nextCommand()).isPresent();
      return e.getMessage();
    }
  }

  private void trouble(String version, Trouble trouble, Random random) throws IOException {
    try (var files = Files.walk(channel)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String name = channel.relativize(each).toString();
        if (name.contains(version + ".")) {
          troubled.put("/channel/" + name, trouble.page(Files.readAllBytes(each), random));
        }
      }
    }
    assertThat(troubled).isNotEmpty();
  }

  /** The list itself, and its signature, come in all ways that end well. */
  private void troubleWithTheChannel(int turn, Random random) throws IOException {
    List<Trouble> harmless =
        Stream.of(Trouble.values()).filter(each -> each.words().isEmpty()).toList();
    for (String name : List.of(Layout.CHANNEL, Layout.CHANNEL_SIGNATURE)) {
      Trouble trouble = harmless.get((turn + name.length()) % harmless.size());
      // Nothing is known of these files beforehand but who signed them: that ends a mixed one.
      troubled.remove("/channel/" + name); // Of an older edition.
      boolean passing = trouble != Trouble.CHANGED_UNDER_ONE_TAG && trouble != Trouble.STALLED_ONCE;
      if (passing) {
        byte[] content = Files.readAllBytes(channel.resolve(name));
        troubled.put("/channel/" + name, trouble.page(content, random));
      }
    }
  }

  private void answer(WebServer.Request request, WebServer.Answer answer) throws IOException {
    String path = request.target().replaceAll("[?].*", "");
    WebServer.Page page = troubled.get(path);
    Path file = sandbox.root().resolve(path.substring(1));
    if (page != null) {
      page.answer(request, answer);
    } else if (Files.isRegularFile(file)) {
      byte[] content = Files.readAllBytes(file);
      answer.head(200, content.length).body(content);
    } else {
      answer.head(404, 0);
    }
  }

  private void assertNothingStaged(String what) throws IOException {
    Path staging = sandbox.home().staging();
    if (Files.isDirectory(staging)) {
      try (var staged = Files.list(staging)) {
        assertThat(staged).as(what).isEmpty();
      }
    }
  }
}
