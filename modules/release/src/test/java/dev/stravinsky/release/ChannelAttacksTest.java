package dev.stravinsky.release;

import static dev.stravinsky.release.ChannelWorld.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.release.ChannelDocument.Entry;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever serves a signed channel, and has none of its keys, tries what they can. */
class ChannelAttacksTest extends SandboxTest {
  private static final String HOSTILE =
      "{\"format\": 1, \"name\": \"" + NAME + "\", \"version\": \"v3\"}";

  private ChannelWorld world;
  private Path key;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void publish() throws IOException {
    world = new ChannelWorld(sandbox);
    key = world.key("team");
    world.publish("v1", key);
    world.publish("v2", key);
    world.userTrusts(key);
  }

  @Test
  void read_nothingWrong_isVouchedForAndOffersTheNewestFirst() throws IOException {
    Channel channel = world.read();

    assertThat(channel.signature()).isEqualTo(new Signature.Verified(ChannelWorld.pub(key).id()));
    assertThat(channel.installable())
        .extracting(o -> o.version().value())
        .containsExactly("v2", "v1");
    Release release = world.open(channel.installable().getFirst());
    assertThat(release.signature()).isEqualTo(channel.signature());
    assertThat(Files.readString(release.content(release.files().getFirst())))
        .isEqualTo("hook of v2");
  }

  @Test
  void open_archiveModified_isRefused() throws IOException {
    Offer offer = world.read().installable().getFirst();
    Path archive = sandbox.root().resolve(offer.location());
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    sandbox.write(archive, bytes, 0644);

    assertRefused(() -> world.open(offer), "its checksum is another");
  }

  @Test
  void open_archiveOfAnotherVersionInItsPlace_isRefused() throws IOException {
    Channel channel = world.read();
    Offer newest = channel.installable().getFirst();
    Offer oldest = channel.installable().getLast();
    byte[] old = Files.readAllBytes(sandbox.root().resolve(oldest.location()));
    sandbox.write(sandbox.root().resolve(newest.location()), old, 0644);

    assertRefused(() -> world.open(newest), "is not the file that the channel names for v2");
  }

  @Test
  void open_archiveGone_isNotFound() throws IOException {
    Offer offer = world.read().installable().getFirst();
    Files.delete(sandbox.root().resolve(offer.location()));

    assertThatThrownBy(() -> world.open(offer)).isInstanceOf(NotFoundException.class);
    assertThat(world.nothingStaged()).isTrue();
  }

  @Test
  void read_documentModified_isRefused() throws IOException {
    String content = Files.readString(world.document());
    sandbox.write(world.document(), content.replace("what is new", "what is old"));

    assertRefused(world::read, "the signature of channel.json is not that of its content");
  }

  @Test
  void read_signatureStripped_isRefused() throws IOException {
    Files.delete(world.signature());

    assertRefused(world::read, "channel.json is not signed");
  }

  @Test
  void read_signatureIsNone_isRefused() throws IOException {
    for (String none : List.of("", "hello\n", "untrusted comment: x\n!!!\n")) {
      sandbox.write(world.signature(), none);

      assertRefused(world::read, "the signature of channel.json is none: line");
    }
  }

  @Test
  void read_signedByAnotherKey_isRefusedAndBothKeysAreNamed() throws IOException {
    Path other = world.key("other");
    world.replaceDocument(world.written(), other);

    assertRefused(
        world::read, ChannelWorld.pub(other).id(), "do not trust", ChannelWorld.pub(key).id());
  }

  @Test
  void read_otherKeyUnderTheNumberOfOurs_isRefused() throws IOException {
    Path other = world.key("other");
    world.replaceDocument(world.written(), other);
    List<String> forged = Files.readAllLines(world.signature());
    byte[] signature = Base64.getDecoder().decode(forged.get(1));
    byte[] ours = Base64.getDecoder().decode(ChannelWorld.pub(key).text());
    System.arraycopy(ours, 0, signature, 0, 10);
    sandbox.write(
        world.signature(),
        forged.getFirst() + "\n" + Base64.getEncoder().encodeToString(signature) + "\n");

    assertRefused(world::read, "is not that of its content");
  }

  @Test
  void read_oldChannelReplayed_isRefused() throws IOException {
    byte[] document = Files.readAllBytes(world.document());
    byte[] signature = Files.readAllBytes(world.signature());
    world.publish("v3", key);
    world.read();
    sandbox.write(world.document(), document, 0644);
    sandbox.write(world.signature(), signature, 0644);

    assertRefused(world::read, "old channel", "its counter is 2", "3 was seen");
    assertThatThrownBy(world::read)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.problems().getFirst().nextCommand().orElseThrow())
                    .contains("begun anew: rm " + sandbox.home().channels()));
  }

  @Test
  void read_oldChannelReplayedAfterItsRefusal_isRefusedAgain() throws IOException {
    byte[] document = Files.readAllBytes(world.document());
    byte[] signature = Files.readAllBytes(world.signature());
    world.publish("v3", key);
    world.read();
    String remembered = world.remembered();
    sandbox.write(world.document(), document, 0644);
    sandbox.write(world.signature(), signature, 0644);

    for (int i = 0; i < 3; i++) {
      assertRefused(world::read, "old channel");
      assertThat(world.remembered()).isEqualTo(remembered);
    }
  }

  @Test
  void read_twoChannelsOfOneCounter_isRefused() throws IOException {
    world.read();
    ChannelDocument written = world.written();
    world.replaceDocument(written.withEntries(written.entries().subList(0, 1)), key);

    assertRefused(world::read, "its counter is still 2");
  }

  @Test
  void read_expired_isRefusedUntilItIsRenewed() throws IOException {
    world.read();
    sandbox.clock().advance(Duration.ofDays(91));

    assertRefused(world::read, "was to be believed until", "keeping newer releases from you");
    sandbox.services().channelFolders().renew(world.folder(), ChannelWorld.by(key));
    assertThat(world.read().counter()).isEqualTo(3);
  }

  @Test
  void read_signedForEver_isRefused() throws IOException {
    ChannelDocument written = world.written();
    world.replaceDocument(written.next(Optional.empty()), key);

    assertRefused(world::read, "does not say until when");
  }

  @Test
  void read_channelOfAnotherNameByTheSameKey_isRefused() throws IOException {
    world.read();
    ChannelDocument written = world.written();
    world.replaceDocument(
        new ChannelDocument("other-hooks", 9, written.expires(), List.of(), written.entries()),
        key);

    assertRefused(world::read, "the channel of other-hooks", NAME);
  }

  @Test
  void open_releaseOfAnotherName_isRefused() throws IOException {
    offer(
        world.archive("other-hooks", "v3", "x"), ChannelWorld.descriptor("other-hooks", "v3", "x"));

    assertRefused(world::openNewest, "the channel is that of " + NAME, "other-hooks");
  }

  @Test
  void open_releaseOfOneVersionUnderAnother_isRefused() throws IOException {
    offer(world.archive(NAME, "v1", "x"), ChannelWorld.descriptor(NAME, "v1", "x"));

    assertRefused(world::openNewest, "says that it is v1, not v3");
  }

  @Test
  void open_descriptionIsNotTheNamedOne_isRefused() throws IOException {
    offer(world.archive(NAME, "v3", "x"), ChannelWorld.descriptor(NAME, "v3", "y"));

    assertRefused(world::openNewest, "release.json of v3 is not the one");
  }

  @Test
  void read_urlThatLeadsOut_isRefused() throws IOException {
    for (String url :
        List.of(
            "../secret",
            "a/../../secret",
            "%2e%2e/secret",
            "/etc/passwd",
            "file:///etc/passwd",
            "//host/x",
            "https://host/x.tar.gz",
            "a%00b",
            "a\\\\b",
            "x?y",
            "x#y",
            "./",
            "mailto:x")) {
      ChannelDocument written = world.written();
      Entry first = written.entries().getFirst();
      world.replaceDocument(
          written.withEntries(
              List.of(
                  new Entry(
                      first.version(),
                      url,
                      first.sizeBytes(),
                      first.sha256(),
                      first.descriptor(),
                      Optional.empty(),
                      "",
                      Optional.empty()))),
          key);

      assertThatThrownBy(world::read)
          .as(url)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("url");
    }
  }

  @Test
  void open_hostileArchivesOffered_areRefusedByName() throws IOException {
    assertHostile(described().file("../evil", "x"), "..");
    assertHostile(described().file("/etc/evil", "x"), "absolute");
    assertHostile(described().link("hooks/l", "/etc/passwd"), "hooks/l");
    assertHostile(described().file("hooks/A", "x").file("hooks/a", "y"), "same name");
    assertHostile(described().file("hooks/bomb", "\0".repeat(80_000_000)), "times");
  }

  private static TarBuilder described() {
    return new TarBuilder().file("release.json", HOSTILE);
  }

  private void assertHostile(TarBuilder archive, String word) throws IOException {
    offer(archive.gzip(), HOSTILE);
    assertRefused(world::openNewest, word);
    // The publisher would not have got it into the channel.
    byte[] bytes = archive.gzip();
    assertThatThrownBy(() -> world.publish(bytes, ChannelWorld.by(key)))
        .isInstanceOf(RefusedException.class);
  }

  /** The publisher is tricked into offering this as v3. */
  private void offer(byte[] archive, String descriptor) throws IOException {
    sandbox.write(world.folder().resolve("x.tar.gz"), archive, 0644);
    add(
        new Entry(
            ChannelWorld.version("v3"),
            "x.tar.gz",
            archive.length,
            Sha256.of(archive),
            Sha256.of(descriptor.getBytes(StandardCharsets.UTF_8)),
            Optional.empty(),
            "",
            Optional.empty()));
  }

  private void add(Entry entry) throws IOException {
    ChannelDocument written = world.written();
    List<Entry> others =
        written.entries().stream().filter(e -> !e.version().equals(entry.version())).toList();
    world.replaceDocument(written.withEntries(others).with(entry).next(written.expires()), key);
  }

  private void assertRefused(ThrowingCallable action, String... words) throws IOException {
    assertThatThrownBy(action)
        .isInstanceOf(RefusedException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    assertThat(world.nothingStaged()).isTrue();
  }
}
