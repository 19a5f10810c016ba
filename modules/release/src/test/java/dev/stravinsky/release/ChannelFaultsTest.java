package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Channels whose publisher or reader is hindered or cut off at each operation. */
class ChannelFaultsTest {

  @Test
  void add_killedAnywhere_leavesASignedChannelAndIsDoneByTheNextCommand() throws IOException {
    int killed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        ChannelWorld world = new ChannelWorld(sandbox);
        Path key = world.key("k");
        world.publish("v1", key);
        Path release = world.file("r", world.archive(ChannelWorld.NAME, "v2", "x"));
        sandbox.faults().plan(FaultPlan.killAt(n));
        try {
          add(sandbox, world, release, key);
          break;
        } catch (ProcessKilledError e) {
          killed++;
        }
        sandbox.faults().plan(FaultPlan.NONE);
        sandbox.restartAfterKill();
        world.userTrusts(key);
        assertThat(world.read().offers()).as("operation %d", n).hasSizeBetween(1, 2);
        installable(sandbox, world);

        add(sandbox, world, release, key);
        assertThat(world.read().offers()).as("operation %d", n).hasSize(2);
        assertThat(names(world.folder()))
            .containsExactlyInAnyOrder(
                "channel.json", "channel.json.sig", "team-hooks-v1.tar.gz", "team-hooks-v2.tar.gz");
      }
    }
    assertThat(killed).isGreaterThan(10);
  }

  @Test
  void add_anyOperationFails_leavesASignedChannelAndNoRest() throws IOException {
    int failed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        ChannelWorld world = new ChannelWorld(sandbox);
        Path key = world.key("k");
        world.publish("v1", key);
        Path release = world.file("r", world.archive(ChannelWorld.NAME, "v2", "x"));
        long injected = sandbox.faults().injected();
        sandbox.faults().plan(FaultPlan.failAt(n, Errno.ENOSPC));
        try {
          add(sandbox, world, release, key);
          if (sandbox.faults().injected() == injected) {
            break;
          }
        } catch (IOException | StravinskyException e) {
          failed++;
        }
        sandbox.faults().plan(FaultPlan.NONE);
        world.userTrusts(key);
        assertThat(world.read().signature()).isInstanceOf(Signature.Verified.class);
        installable(sandbox, world);
        assertThat(names(world.folder())).as("operation %d", n).noneMatch(f -> f.startsWith("."));
      }
    }
    assertThat(failed).isGreaterThan(10);
  }

  @Test
  void read_killedAnywhere_neverForgetsWhatWasSeen() throws IOException {
    int killed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        ChannelWorld world = new ChannelWorld(sandbox);
        Path key = world.key("k");
        world.publish("v1", key);
        ChannelDocument first = world.written();
        world.publish("v2", key);
        world.userTrusts(key);
        world.read();
        world.publish("v3", key);
        sandbox.restart();
        sandbox.services().settings();
        sandbox.faults().plan(FaultPlan.killAt(n));
        try {
          sandbox.services().channels().read(Progress.NONE);
          break;
        } catch (ProcessKilledError e) {
          killed++;
        }
        sandbox.faults().plan(FaultPlan.NONE);
        sandbox.restartAfterKill();
        assertThat(world.read().counter()).isEqualTo(3);
        world.replaceDocument(first, key);
        assertThat(refusal(world)).contains("old channel");
      }
    }
    assertThat(killed).isGreaterThan(2);
  }

  private static String refusal(ChannelWorld world) throws IOException {
    try {
      Channel channel = world.read();
      throw new AssertionError("believed: " + channel);
    } catch (StravinskyException e) {
      return e.getMessage();
    }
  }

  private static void add(Sandbox sandbox, ChannelWorld world, Path release, Path key)
      throws IOException {
    sandbox
        .services()
        .channelFolders()
        .add(
            world.folder(),
            ChannelWorld.request(release.toString()),
            "",
            ChannelWorld.by(key),
            Progress.NONE);
  }

  /** Everything that is offered can be had. */
  private static void installable(Sandbox sandbox, ChannelWorld world) throws IOException {
    for (Offer offer : world.read().installable()) {
      sandbox.services().releases().discard(world.open(offer));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
