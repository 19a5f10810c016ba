package dev.stravinsky.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.release.signify.SecretKey;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Patience;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A publisher with a channel's folder, and a user who takes releases from it. */
final class ChannelWorld {
  static final String NAME = "team-hooks";
  static final List<String> TARGETS = List.of("hooks", "commands", "settings");

  private final Sandbox sandbox;

  ChannelWorld(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** For tests in which there is no channel. */
  static Fetch noFetch(Sandbox sandbox) {
    return new Fetch(
        sandbox.root(),
        new StagingArea(sandbox.environment()),
        new Downloads(sandbox.environment(), Patience.STANDARD));
  }

  Path folder() {
    return sandbox.root().resolve("channel");
  }

  Path document() {
    return folder().resolve(Layout.CHANNEL);
  }

  Path signature() {
    return folder().resolve(Layout.CHANNEL_SIGNATURE);
  }

  /** Makes a key; the secret one is in the file that is given back. */
  Path key(String name) throws IOException {
    Path key = sandbox.root().resolve(name);
    sandbox.services().channelFolders().makeKeys(key, false);
    return key.resolveSibling(name + ".sec");
  }

  static SecretKey secret(Path file) throws IOException {
    return SecretKey.read(Files.readAllBytes(file));
  }

  static PublicKey pub(Path secret) throws IOException {
    return secret(secret).publicKey();
  }

  /** The user takes releases from the folder, and pins the keys of these files. */
  void userTrusts(Path... keys) throws IOException {
    userTakesFrom(folder().toString(), keys);
  }

  void userTakesFrom(String channel, Path... keys) throws IOException {
    List<String> pins = new ArrayList<>();
    for (Path key : keys) {
      pins.add("\"" + pub(key).text() + "\"");
    }
    sandbox.settings(
        "{\"update\": {\"channel\": \""
            + channel
            + "\", \"trusted_keys\": ["
            + String.join(",", pins)
            + "]}}");
    sandbox.restart();
  }

  /** A release of one hook whose description says everything. */
  byte[] archive(String name, String version, String content) {
    String json = descriptor(name, version, content);
    return new TarBuilder().file("release.json", json).file("hooks/hook.txt", content).gzip();
  }

  /** The same with a signature of its description. */
  byte[] signedArchive(String version, String content, SecretKey key) {
    String json = descriptor(NAME, version, content);
    byte[] signature = key.sign(json.getBytes(StandardCharsets.UTF_8), "k.pub");
    return new TarBuilder()
        .file("release.json", json)
        .file("release.json.sig", new String(signature, StandardCharsets.UTF_8))
        .file("hooks/hook.txt", content)
        .gzip();
  }

  static String descriptor(String name, String version, String content) {
    return """
        {"format": 1, "name": "%s", "version": "%s",
         "files": [{"path": "hooks/hook.txt", "sha256": "%s", "mode": "0644"}]}
        """
        .formatted(name, version, Sha256.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  Path file(String name, byte[] content) throws IOException {
    return sandbox.write(sandbox.root().resolve(name), content, 0644);
  }

  static Publishing by(Path... keys) {
    return new Publishing(Arrays.asList(keys), false, false, Optional.empty(), false);
  }

  /** The publisher adds a release of one hook. */
  Channel publish(String version, Path... keys) throws IOException {
    return publish(archive(NAME, version, "hook of " + version), by(keys));
  }

  Channel publish(byte[] archive, Publishing publishing) throws IOException {
    Path file = file("to-publish", archive);
    return sandbox
        .services()
        .channelFolders()
        .add(folder(), request(file.toString()), "what is new", publishing, Progress.NONE)
        .channel();
  }

  static ReleaseRequest request(String location) {
    return new ReleaseRequest(location, Optional.empty(), TARGETS);
  }

  /** The user asks the channel, with a new command. */
  Channel read() throws IOException {
    sandbox.restart();
    return sandbox.services().channels().read(Progress.NONE);
  }

  /** The user opens what the channel offers. */
  Release open(Offer offer) throws IOException {
    return sandbox
        .services()
        .releases()
        .open(
            new ReleaseRequest(
                offer.location(), Optional.of(offer.version()), TARGETS, Optional.of(offer)),
            Progress.NONE);
  }

  Release openNewest() throws IOException {
    return open(read().installable().getFirst());
  }

  /** Somebody with this key publishes this channel. */
  void replaceDocument(ChannelDocument document, Path... keys) throws IOException {
    byte[] content = ChannelWriter.write(document);
    sandbox.write(document(), content, 0644);
    Files.deleteIfExists(signature());
    if (keys.length > 0) {
      sandbox.write(signature(), SigningKeys.read(Arrays.asList(keys)).sign(content), 0644);
    }
  }

  ChannelDocument written() throws IOException {
    return ChannelReader.read(Files.readAllBytes(document()), "channel.json");
  }

  /** Everything that is remembered of channels. */
  String remembered() throws IOException {
    Path folder = sandbox.home().channels();
    if (!Files.exists(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      List<String> texts = new ArrayList<>();
      for (Path each : all) {
        texts.add(Files.readString(each));
      }
      return texts.stream().collect(Collectors.joining("\n"));
    }
  }

  static Version version(String text) {
    return new Version(text);
  }

  /** Whether nothing that was fetched or unpacked is left. */
  boolean nothingStaged() throws IOException {
    if (!Files.exists(sandbox.home().staging())) {
      return true;
    }
    try (Stream<Path> staged = Files.list(sandbox.home().staging())) {
      return staged.findAny().isEmpty();
    }
  }
}
