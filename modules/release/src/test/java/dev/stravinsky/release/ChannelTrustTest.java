package dev.stravinsky.release;

import static dev.stravinsky.release.ChannelWorld.by;
import static dev.stravinsky.release.ChannelWorld.pub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a user believes: pinned keys, keys that a channel named in their place, nobody. */
class ChannelTrustTest extends SandboxTest {
  private ChannelWorld world;
  private Path old;
  private Path fresh;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void makeKeys() throws IOException {
    world = new ChannelWorld(sandbox);
    old = world.key("old");
    fresh = world.key("fresh");
  }

  @Test
  void read_noChannelSet_saysHowToSetOne() {
    assertThatThrownBy(world::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no channel is set");
  }

  @Test
  void read_relativePath_isRefused() throws IOException {
    world.userTakesFrom("stable");

    assertThatThrownBy(world::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("neither a URL nor an absolute path");
  }

  @Test
  void read_nothingThere_isNotFound() throws IOException {
    world.userTrusts();

    assertThatThrownBy(world::read).isInstanceOf(NotFoundException.class);
  }

  @Test
  void read_noKeyPinned_saysThatItIsUnsignedOrUnchecked() throws IOException {
    world.publish("v1");
    world.userTrusts();
    assertThat(world.read().signature()).isEqualTo(new Signature.Unsigned());
    assertThat(world.openNewest().signature()).isEqualTo(new Signature.Unsigned());

    sandbox.services().channelFolders().renew(world.folder(), resigning(old));
    assertThat(world.read().signature()).isEqualTo(new Signature.Unchecked(pub(old).id()));
  }

  @Test
  void read_noKeyPinned_oldAndOtherChannelsAreRefusedAllTheSame() throws IOException {
    world.publish("v1");
    byte[] first = Files.readAllBytes(world.document());
    world.publish("v2");
    world.userTrusts();
    world.read();
    sandbox.write(world.document(), first, 0644);

    assertRefused(world::read, "old channel");
  }

  @Test
  void read_fromHomeAndByItsFile_isTheSameChannel() throws IOException {
    world.publish("v1");
    Path inHome = sandbox.userHome().resolve("mine");
    Files.createDirectories(inHome);
    Files.copy(world.document(), inHome.resolve("channel.json"));
    world.userTakesFrom("~/mine");
    assertThat(world.read().offers()).hasSize(1);

    world.userTakesFrom(world.document().toString());
    assertThat(world.openNewest().version().value()).isEqualTo("v1");
  }

  @Test
  void read_secondPinnedKeySigned_isBelieved() throws IOException {
    world.publish("v1", fresh);
    world.userTrusts(old, fresh);

    assertThat(world.read().signature()).isEqualTo(new Signature.Verified(pub(fresh).id()));
  }

  @Test
  void read_keysRotated_newOneIsBelievedAndOldOneNoLonger() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    world.read();

    rotate();
    world.read();
    world.publish("v2", fresh);
    assertThat(world.read().signature()).isEqualTo(new Signature.Verified(pub(fresh).id()));

    world.replaceDocument(world.written().next(world.written().expires()), old);
    assertRefused(world::read, pub(old).id(), "do not trust", pub(fresh).id());
  }

  @Test
  void read_awayWhileKeysWereRotated_followsBothSignatures() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    rotate();
    world.publish("v2", fresh, old);
    world.publish("v3", fresh, old);

    assertThat(world.read().offers()).hasSize(3);
    world.publish("v4", fresh);
    assertThat(world.read().offers()).hasSize(4);
  }

  @Test
  void read_newKeysDidNotSign_isRefusedAndTheOldOneStays() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    ChannelDocument named = world.written().withKeys(List.of(pub(fresh)));
    world.replaceDocument(named.next(named.expires()), old);

    assertRefused(world::read, "with its new keys", "do not trust");
    world.replaceDocument(named.withKeys(List.of()).next(named.expires()), old);
    assertThat(world.read().counter()).isEqualTo(2);
  }

  @Test
  void read_unsignedChannelNamesKeys_theyAreNotTaken() throws IOException {
    world.publish("v1");
    world.userTrusts();
    ChannelDocument named = world.written().withKeys(List.of(pub(fresh)));
    world.replaceDocument(named.next(named.expires()));
    world.read();

    world.replaceDocument(named.next(named.expires()).next(named.expires()));
    assertThat(world.read().signature()).isEqualTo(new Signature.Unsigned());
  }

  @Test
  void read_counterDrivenUpByAThief_newPinsBeginAnew() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    ChannelDocument written = world.written();
    world.replaceDocument(
        new ChannelDocument(
            written.name(),
            ChannelDocument.MAX_COUNTER,
            written.expires(),
            List.of(),
            written.entries()),
        old);
    world.read();
    world.replaceDocument(written, fresh);

    world.userTrusts(fresh);
    assertThat(world.read().counter()).isEqualTo(1);
    world.userTrusts(old);
    assertThatThrownBy(world::read).isInstanceOf(RefusedException.class);
  }

  @Test
  void read_whatIsRememberedIsDamaged_isSaidAndNothingIsBelieved() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    world.read();
    try (Stream<Path> files = Files.list(sandbox.home().channels())) {
      for (Path each : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        sandbox.write(each, "{\"format\": 1, \"cou");
      }
    }

    assertThatThrownBy(world::read)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("what is remembered of the channel");
  }

  @Test
  void open_signedFileByAPinnedKey_isVerified() throws IOException {
    world.userTrusts(old);
    Path file = world.file("r", world.signedArchive("v1", "x", ChannelWorld.secret(old)));

    assertThat(openFile(file).signature()).isEqualTo(new Signature.Verified(pub(old).id()));
    assertThat(openFile(file).ignored()).isEmpty();
  }

  @Test
  void open_keyPinned_unsignedIsRefusedEvenWithoutADescription() throws IOException {
    world.userTrusts(old);
    Path described = world.file("r", world.archive(ChannelWorld.NAME, "v1", "x"));
    Path bare = world.file("s", new TarBuilder().file("hooks/a", "A").gzip());

    assertRefused(() -> openFile(described), "release.json is not signed");
    assertRefused(() -> openFile(bare), "the release is not signed");
  }

  @Test
  void open_noKeyPinned_saysWhatIsUnsignedAndWhatUnchecked() throws IOException {
    Path unsigned = world.file("r", world.archive(ChannelWorld.NAME, "v1", "x"));
    Path signed = world.file("s", world.signedArchive("v1", "x", ChannelWorld.secret(old)));

    assertThat(openFile(unsigned).signature()).isEqualTo(new Signature.Unsigned());
    assertThat(openFile(signed).signature()).isEqualTo(new Signature.Unchecked(pub(old).id()));
  }

  @Test
  void open_signedFileChanged_isRefused() throws IOException {
    world.userTrusts(old);
    String json = ChannelWorld.descriptor(ChannelWorld.NAME, "v1", "x");
    String signature =
        new String(ChannelWorld.secret(old).sign(json.getBytes(), "k.pub"), "US-ASCII");
    Path content =
        world.file(
            "content",
            new TarBuilder()
                .file("release.json", json)
                .file("release.json.sig", signature)
                .file("hooks/hook.txt", "y")
                .gzip());
    Path description =
        world.file(
            "description",
            new TarBuilder()
                .file("release.json", json.replace("v1", "v2"))
                .file("release.json.sig", signature)
                .file("hooks/hook.txt", "x")
                .gzip());
    Path more =
        world.file(
            "more",
            new TarBuilder()
                .file("release.json", json)
                .file("release.json.sig", signature)
                .file("hooks/hook.txt", "x")
                .file("hooks/more.txt", "not signed")
                .gzip());

    assertRefused(() -> openFile(content), "hooks/hook.txt", "checksum");
    assertRefused(() -> openFile(description), "is not that of its content");
    assertThat(openFile(more).files()).hasSize(1);
  }

  @Test
  void open_signedDescriptionLeavesSomethingOpen_isRefused() throws IOException {
    world.userTrusts(old);
    for (String json :
        List.of(
            "{\"format\": 1, \"name\": \"n\", \"version\": \"v1\"}",
            ChannelWorld.descriptor("n", "v1", "x").replace(", \"mode\": \"0644\"", ""),
            ChannelWorld.descriptor("n", "v1", "x").replace("\"version\": \"v1\",", ""),
            ChannelWorld.descriptor("", "v1", "x"))) {
      byte[] signature = ChannelWorld.secret(old).sign(json.getBytes(), "k.pub");
      Path file =
          world.file(
              "r",
              new TarBuilder()
                  .file("release.json", json)
                  .file("release.json.sig", new String(signature, "US-ASCII"))
                  .file("hooks/hook.txt", "x")
                  .gzip());

      assertRefused(() -> openFile(file), "signed, but");
    }
  }

  @Test
  void open_afterRotation_isJudgedByTheNewKeys() throws IOException {
    world.publish("v1", old);
    world.userTrusts(old);
    rotate();
    world.read();
    Path byOld = world.file("r", world.signedArchive("v9", "x", ChannelWorld.secret(old)));
    Path byFresh = world.file("s", world.signedArchive("v9", "x", ChannelWorld.secret(fresh)));

    assertRefused(() -> openFile(byOld), "do not trust");
    assertThat(openFile(byFresh).signature()).isEqualTo(new Signature.Verified(pub(fresh).id()));
    assertThat(world.openNewest().version().value()).isEqualTo("v1");
  }

  private void rotate() throws IOException {
    sandbox.services().channelFolders().rotate(world.folder(), List.of(pub(fresh)), by(fresh, old));
  }

  private static dev.stravinsky.api.release.ChannelFolders.Publishing resigning(Path key) {
    return new dev.stravinsky.api.release.ChannelFolders.Publishing(
        List.of(key), false, true, java.util.Optional.empty(), false);
  }

  private Release openFile(Path file) throws IOException {
    return sandbox.services().releases().open(ChannelWorld.request(file.toString()), Progress.NONE);
  }

  private void assertRefused(ThrowingCallable action, String... words) throws IOException {
    assertThatThrownBy(action)
        .isInstanceOf(RefusedException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    assertThat(world.nothingStaged()).isTrue();
  }
}
