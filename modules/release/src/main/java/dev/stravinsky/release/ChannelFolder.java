package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.signify.MalformedException;
import dev.stravinsky.release.signify.Signatures;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A channel's folder in which one command works. While {@code channel.json} is replaced its {@code
 * .sig} has the signatures of the old and of the new one, so that what is there is signed at every
 * moment, also after a crash.
 */
final class ChannelFolder implements AutoCloseable {
  /** Served by a web server that runs as somebody else. */
  private static final int PUBLIC_FILE = 0644;

  private static final int PUBLIC_FOLDER = 0755;
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "\\.incoming(\\.source)?|\\.\\.incoming\\.tmp-.*|\\.channel\\.json(\\.sig)?\\.tmp");

  private static final int MAX_OLD_BYTES = 16 * 1024;
  private static final Duration LIFETIME = Duration.ofDays(90);

  private final Environment environment;
  private final Path folder;
  private final Publishing publishing;
  private final SigningKeys keys;
  private final Lease lease;

  private ChannelFolder(
      Environment environment, Path folder, Publishing publishing, SigningKeys keys, Lease lease) {
    this.environment = environment;
    this.folder = folder;
    this.publishing = publishing;
    this.keys = keys;
    this.lease = lease;
  }

  /** Opens a folder, which is made if it is not there, and keeps others out of it. */
  static ChannelFolder open(Environment environment, Path folder, Publishing publishing)
      throws IOException {
    SigningKeys keys = SigningKeys.read(publishing.keys());
    if (publishing.dryRun()) {
      return new ChannelFolder(environment, folder, publishing, keys, () -> {});
    }
    if (!Presence.isDirectory(folder)) {
      FileWrites.createDirectory(folder, PUBLIC_FOLDER);
    }
    Lease lease = lock(environment, folder);
    try {
      removeLeftovers(folder);
      return new ChannelFolder(environment, folder, publishing, keys, lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** What a crash left of a command; the lock says that nobody is at it. */
  private static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*")) {
      for (Path each : files) {
        if (LEFTOVER.matcher(each.getFileName().toString()).matches()) {
          FileWrites.delete(each);
        }
      }
    }
  }

  private static Lease lock(Environment environment, Path folder) throws IOException {
    try {
      return environment
          .platform()
          .tryFlock(folder, LockMode.EXCLUSIVE)
          .orElseThrow(() -> new LockHeldException(folder, Optional.empty()));
    } catch (UnsupportedOperationException e) {
      return () -> {}; // Two publishers at once are then the publishers' business.
    }
  }

  @Override
  public void close() {
    lease.close();
  }

  List<Path> keyFiles() {
    return publishing.keys();
  }

  Path path() {
    return folder;
  }

  /** Who vouches for it once it is written. */
  Signature signature() {
    return keys.isEmpty()
        ? new Signature.Unsigned()
        : new Signature.Verified(keys.publicKeys().getFirst().id());
  }

  /** The channel that is there; what nobody vouches for is not signed. */
  Optional<ChannelDocument> read() throws IOException {
    Path file = folder.resolve(Layout.CHANNEL);
    if (!Presence.exists(file)) {
      return Optional.empty();
    }
    byte[] content = Files.readAllBytes(file);
    Path signature = folder.resolve(Layout.CHANNEL_SIGNATURE);
    boolean signed = Presence.exists(signature);
    if (keys.isEmpty() && signed && !publishing.dropSignature()) {
      throw refused(
          file,
          "the channel is signed, and without a key it would be so no longer",
          "the command again with --key FILE, or with --unsigned to sign it later");
    }
    if (!keys.isEmpty() && !publishing.signAnew()) {
      requireOurs(
          file, content, signed ? Optional.of(Files.readAllBytes(signature)) : Optional.empty());
    }
    ChannelDocument document = ChannelReader.read(content, file.toString());
    requireKeyOf(document);
    return Optional.of(document);
  }

  /** Otherwise whoever can write to the web server gets what they wrote signed. */
  private void requireOurs(Path file, byte[] content, Optional<byte[]> signature) {
    try {
      new Trust(keys.publicKeys()).signer(content, signature, Layout.CHANNEL);
    } catch (RefusedException e) {
      throw refused(
          file,
          "not signed by your key as it is: " + e.problems().getFirst().message(),
          "look at " + file + ", then the command again with --resign");
    }
  }

  /** Replaces the channel by the next one, signed by each key, and reads it back. */
  ChannelDocument write(ChannelDocument changed) throws IOException {
    requireKeyOf(changed);
    ChannelDocument next = changed.next(until(changed));
    if (publishing.dryRun()) {
      return next;
    }
    byte[] content = ChannelWriter.write(next);
    if (keys.isEmpty()) {
      FileWrites.deleteIfExists(folder.resolve(Layout.CHANNEL_SIGNATURE));
      Durable.replace(folder.resolve(Layout.CHANNEL), content, PUBLIC_FILE);
    } else {
      writeSigned(content);
    }
    readBack(next);
    return next;
  }

  private void writeSigned(byte[] content) throws IOException {
    Path signature = folder.resolve(Layout.CHANNEL_SIGNATURE);
    byte[] fresh = keys.sign(content);
    Durable.replace(signature, withOld(fresh, signature), PUBLIC_FILE);
    Durable.replace(folder.resolve(Layout.CHANNEL), content, PUBLIC_FILE);
    Durable.replace(signature, fresh, PUBLIC_FILE);
  }

  /** With the signatures that are there, as far as they are any. */
  private static byte[] withOld(byte[] fresh, Path signature) throws IOException {
    byte[] old = Presence.exists(signature) ? Files.readAllBytes(signature) : new byte[0];
    byte[] both = Arrays.copyOf(fresh, fresh.length + old.length);
    System.arraycopy(old, 0, both, fresh.length, old.length);
    try {
      return old.length < MAX_OLD_BYTES && !Signatures.read(both).keyIds().isEmpty() ? both : fresh;
    } catch (MalformedException e) {
      return fresh;
    }
  }

  private void requireKeyOf(ChannelDocument document) {
    List<PublicKey> ours = keys.publicKeys();
    if (!ours.isEmpty()
        && !document.keys().isEmpty()
        && document.keys().stream().noneMatch(ours::contains)) {
      throw refused(
          folder.resolve(Layout.CHANNEL),
          "the channel goes by the key "
              + document.keys().getFirst().id()
              + ", and none of yours is one of its keys",
          "the command again with --key of that one too");
    }
  }

  /** A signed channel is believed for a time only: that is what ends a freeze. */
  private Optional<Instant> until(ChannelDocument channel) {
    boolean ends = !keys.isEmpty() || channel.expires().isPresent();
    return publishing
        .lifetime()
        .or(() -> ends ? Optional.of(LIFETIME) : Optional.empty())
        .map(time -> environment.clock().instant().plus(time).truncatedTo(ChronoUnit.SECONDS));
  }

  private void readBack(ChannelDocument written) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(Layout.CHANNEL));
    if (!ChannelReader.read(content, Layout.CHANNEL).equals(written)) {
      throw new IOException(folder.resolve(Layout.CHANNEL) + " is not what was written");
    }
    if (!keys.isEmpty()) {
      byte[] signature = Files.readAllBytes(folder.resolve(Layout.CHANNEL_SIGNATURE));
      new Trust(keys.publicKeys()).signer(content, Optional.of(signature), Layout.CHANNEL);
    }
  }

  private static RefusedException refused(Path file, String message, String next) {
    return new RefusedException(
        Problem.of(ErrorKind.UNKNOWN, message)
            .inFile(file)
            .leaving("the channel is as it was")
            .next(next));
  }
}
