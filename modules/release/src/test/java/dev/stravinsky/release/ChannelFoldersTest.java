package dev.stravinsky.release;

import static dev.stravinsky.release.ChannelWorld.by;
import static dev.stravinsky.release.ChannelWorld.pub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.ChannelFolders;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher's side. */
class ChannelFoldersTest extends SandboxTest {
  private ChannelWorld world;
  private Path key;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void makeKey() throws IOException {
    world = new ChannelWorld(sandbox);
    key = world.key("team");
  }

  @Test
  void makeKeys_again_isRefusedAndTheKeyStays() throws IOException {
    byte[] before = Files.readAllBytes(key);

    assertThatThrownBy(() -> world.key("team"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("never replaced");
    assertThat(Files.readAllBytes(key)).isEqualTo(before);
    assertThat(FileModes.of(key)).isEqualTo(0600);
  }

  @Test
  void add_first_makesTheChannelThatEverybodyMayRead() throws IOException {
    Channel channel = world.publish("v1", key);

    Offer offer = channel.offers().getFirst();
    assertThat(channel.counter()).isEqualTo(1);
    assertThat(channel.expires())
        .contains(Instant.parse("2026-01-08T12:00:00Z").plus(Duration.ofDays(90)));
    assertThat(offer.notes()).isEqualTo("what is new");
    assertThat(Tree.of(world.folder()).keySet())
        .containsExactlyInAnyOrder("channel.json", "channel.json.sig", "team-hooks-v1.tar.gz");
    for (String name : List.of("channel.json", "channel.json.sig", "team-hooks-v1.tar.gz")) {
      assertThat(FileModes.of(world.folder().resolve(name))).as(name).isEqualTo(0644);
    }
    assertThat(FileModes.of(world.folder())).isEqualTo(0755);
    assertThat(Files.size(world.folder().resolve("team-hooks-v1.tar.gz")))
        .isEqualTo(offer.sizeBytes());
  }

  @Test
  void add_dryRun_saysWhatWouldBeAndWritesNothing() throws IOException {
    Publishing rehearsal = new Publishing(List.of(key), false, false, Optional.empty(), true);
    byte[] first = world.archive(ChannelWorld.NAME, "v1", "x");

    assertThat(world.publish(first, rehearsal).counter()).isEqualTo(1);
    assertThat(world.folder()).doesNotExist();
    assertThat(world.nothingStaged()).isTrue();
    world.publish("v1", key);
    SortedMap<String, String> before = Tree.of(world.folder());
    byte[] second = world.archive(ChannelWorld.NAME, "v2", "x");
    assertThat(world.publish(second, rehearsal).offers()).hasSize(2);
    folders().withdraw(world.folder(), ChannelWorld.version("v1"), "", rehearsal);
    assertThat(Tree.of(world.folder())).isEqualTo(before);
    assertThat(folders().makeKeys(sandbox.root().resolve("other"), true)).isEmpty();
    assertThat(sandbox.root().resolve("other.sec")).doesNotExist();
  }

  @Test
  void add_sameAgain_changesNothing() throws IOException {
    world.publish("v1", key);
    SortedMap<String, String> before = Tree.of(world.folder());

    assertThat(world.publish("v1", key).counter()).isEqualTo(1);
    assertThat(Tree.of(world.folder())).isEqualTo(before);
  }

  @Test
  void add_sameVersionOfOtherContent_isRefusedAndNothingChanges() throws IOException {
    world.publish("v1", key);
    byte[] other = world.archive(ChannelWorld.NAME, "v1", "other");

    assertUnchanged(
        () -> world.publish(other, by(key)), RefusedException.class, "another v1 already");
  }

  @Test
  void add_releaseOfAnotherName_isRefusedAndNothingChanges() throws IOException {
    world.publish("v1", key);
    byte[] other = world.archive("other-hooks", "v2", "x");

    assertUnchanged(
        () -> world.publish(other, by(key)), RefusedException.class, "a release of other-hooks");
  }

  @Test
  void add_archiveThatSaysNothingOfItself_isRefusedAndSaysHowToMakeOne() throws IOException {
    Path file =
        world.file("bare", new TarBuilder().file("hooks/a", "A").file("x.txt", "ignored").gzip());

    assertThatThrownBy(() -> add(file, "v1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("what it is a release of");
    assertThat(Tree.of(world.folder())).isEmpty();
  }

  @Test
  void add_archiveWithoutAList_isBuiltAnewAndSigned() throws IOException {
    String json = "{\"format\": 1, \"name\": \"team-hooks\"}";
    Path file =
        world.file("bare", new TarBuilder().file("hooks/a", "A").file("release.json", json).gzip());
    add(file, "v1");
    world.userTrusts(key);

    assertThat(world.openNewest().files()).hasSize(1);
    assertThat(Tree.of(world.folder())).hasSize(3);
    assertSignedByItself("team-hooks-v1.tar.gz");
  }

  @Test
  void add_folderTwice_isBuiltOnceAndSigned() throws IOException {
    ReleaseFolder folder =
        ReleaseFolder.in(sandbox, sandbox.root().resolve("sources/team-hooks"))
            .file("hooks/a.sh", "#!/bin/sh\n", 0755)
            .link("hooks/b", "a.sh");

    assertThat(add(folder.directory(), "v1").counter()).isEqualTo(1);
    assertThat(add(folder.directory(), "v1").counter()).isEqualTo(1);
    world.userTrusts(key);
    assertThat(world.openNewest().files()).isEqualTo(folder.release("v1").files());
    assertSignedByItself("team-hooks-v1.tar.gz");
  }

  /** Also without the channel somebody vouches for it. */
  private void assertSignedByItself(String name) throws IOException {
    var alone =
        sandbox
            .services()
            .releases()
            .open(ChannelWorld.request(world.folder().resolve(name).toString()), Progress.NONE);
    assertThat(alone.signature()).isEqualTo(new Signature.Verified(pub(key).id()));
  }

  private Channel add(Path release, String version) throws IOException {
    return added(release, version).channel();
  }

  private ChannelFolders.Added added(Path release, String version) throws IOException {
    return folders()
        .add(
            world.folder(),
            new ReleaseRequest(
                release.toString(),
                Optional.of(ChannelWorld.version(version)),
                ChannelWorld.TARGETS),
            "",
            by(key),
            Progress.NONE);
  }

  @Test
  void add_namesThatDifferOnlyInOddCharacters_bothArePublished() throws IOException {
    world.publish("v1+a", key);
    world.publish("v1~a", key);
    world.userTrusts(key);

    for (Offer offer : world.read().offers()) {
      assertThat(world.open(offer).version()).isEqualTo(offer.version());
    }
    assertThat(Tree.of(world.folder())).hasSize(4);
  }

  @Test
  void add_signedChannelWithoutKey_isRefusedUnlessMeant() throws IOException {
    world.publish("v1", key);

    assertUnchanged(() -> world.publish("v2"), RefusedException.class, "would be so no longer");
    world.publish(
        world.archive(ChannelWorld.NAME, "v2", "x"),
        new Publishing(List.of(), true, false, Optional.empty(), false));
    assertThat(world.signature()).doesNotExist();
    assertThat(world.written().expires()).isPresent();
  }

  @Test
  void add_somebodyElseWroteToTheFolder_isNotSigned() throws IOException {
    world.publish("v1", key);
    String content = Files.readString(world.document());
    sandbox.write(world.document(), content.replace("what is new", "evil"));

    assertUnchanged(
        () -> world.publish("v2", key), RefusedException.class, "not signed by your key");
    Files.delete(world.signature());
    assertUnchanged(
        () -> world.publish("v2", key), RefusedException.class, "not signed by your key");
    Channel channel =
        world.publish(
            world.archive(ChannelWorld.NAME, "v2", "x"),
            new Publishing(List.of(key), false, true, Optional.of(Duration.ofDays(3)), false));
    assertThat(channel.expires())
        .contains(Instant.parse("2026-01-08T12:00:00Z").plus(Duration.ofDays(3)));
  }

  @Test
  void add_secretKeyIsNone_saysFileAndLine() throws IOException {
    Path none =
        world.file("none.sec", "untrusted comment: x\nQUJD\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> world.publish("v1", none))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.sec:2: line 2 is not an Ed25519 secret key");
    assertThatThrownBy(() -> world.publish("v1", sandbox.root().resolve("nowhere.sec")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> world.publish("v1", key.resolveSibling("team.pub")))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void add_anotherPublisherIsAtIt_saysSo() throws IOException {
    world.publish("v1", key);
    try (var lease =
        sandbox
            .otherEnvironment()
            .platform()
            .tryFlock(world.folder(), LockMode.EXCLUSIVE)
            .orElseThrow()) {
      assertUnchanged(() -> world.publish("v2", key), LockHeldException.class, "held by");
    }
    assertThat(world.publish("v2", key).counter()).isEqualTo(2);
  }

  @Test
  void withdraw_version_isNoLongerOfferedAndSaysWhy() throws IOException {
    world.publish("v1", key);
    world.publish("v2", key);
    folders().withdraw(world.folder(), ChannelWorld.version("v2"), "loses files", by(key));
    world.userTrusts(key);

    Channel channel = world.read();
    assertThat(channel.installable()).extracting(o -> o.version().value()).containsExactly("v1");
    assertThat(channel.offers().getLast().withdrawn()).contains("loses files");
    assertUnchanged(
        () -> folders().withdraw(world.folder(), ChannelWorld.version("v7"), "", by(key)),
        NotFoundException.class,
        "no version v7");
  }

  @Test
  void rotate_withoutTheNewKeysSignature_isRefused() throws IOException {
    Path fresh = world.key("fresh");
    world.publish("v1", key);

    assertUnchanged(
        () -> folders().rotate(world.folder(), List.of(pub(fresh)), by(key)),
        RefusedException.class,
        "none of yours is one of its keys");
    folders().rotate(world.folder(), List.of(pub(fresh)), by(key, fresh));
    assertUnchanged(() -> world.publish("v2", key), RefusedException.class, "none of yours is one");
    assertThat(world.publish("v2", fresh).counter()).isEqualTo(3);
  }

  @Test
  void add_whatIsThereAlready_saysSoAndStaysWithdrawn() throws IOException {
    Path release =
        ReleaseFolder.in(sandbox, sandbox.root().resolve("r")).file("hooks/a", "A").directory();
    assertThat(added(release, "v1").changed()).isTrue();
    add(
        ReleaseFolder.in(sandbox, sandbox.root().resolve("s/r")).file("hooks/a", "B").directory(),
        "v2");
    folders().withdraw(world.folder(), ChannelWorld.version("v1"), "loses files", by(key));

    ChannelFolders.Added again = added(release, "v1");

    assertThat(again.changed()).isFalse();
    assertThat(again.offer().version()).isEqualTo(ChannelWorld.version("v1"));
    assertThat(again.offer().withdrawn()).contains("loses files");
    assertThat(again.channel().counter()).isEqualTo(3);
  }

  @Test
  void placesThatCannotBe_areToldByName() throws IOException {
    Path nowhere = sandbox.root().resolve("nowhere");
    Path file = world.file("a-file", new byte[0]);
    Path release =
        ReleaseFolder.in(sandbox, sandbox.root().resolve("r")).file("hooks/a", "A").directory();
    var request =
        new ReleaseRequest(
            release.toString(), Optional.of(ChannelWorld.version("v1")), ChannelWorld.TARGETS);

    assertThatThrownBy(() -> folders().makeKeys(sandbox.root().getRoot(), false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is no name of a file");
    assertThatThrownBy(() -> folders().makeKeys(nowhere.resolve("team"), false))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("the folder that it is to be in is not there");
    assertThatThrownBy(
            () -> folders().add(nowhere.resolve("www"), request, "", by(key), Progress.NONE))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("the folder that it is to be in is not there");
    assertThatThrownBy(() -> folders().add(file, request, "", by(key), Progress.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is a file; a channel is a folder");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void renew_noChannel_isNotFoundAndMakesNone() {
    assertThatThrownBy(() -> folders().renew(world.folder(), by(key)))
        .isInstanceOf(NotFoundException.class);
    assertThat(world.folder()).doesNotExist();
  }

  private ChannelFolders folders() {
    return sandbox.services().channelFolders();
  }

  private void assertUnchanged(
      ThrowingCallable action, Class<? extends StravinskyException> type, String word)
      throws IOException {
    SortedMap<String, String> before = Tree.of(world.folder());
    assertThatThrownBy(action).isInstanceOf(type).hasMessageContaining(word);
    assertThat(Tree.of(world.folder())).isEqualTo(before);
  }
}
