package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder {@code channels/} of the home: a file for each channel that was ever read, by a
 * checksum of its address and of the keys that the settings pin. With other pins all begins anew:
 * that is how a user gets rid of a counter that the thief of a key drove up. Format 1: {@code
 * name}, {@code counter}, {@code sha256}, {@code keys} as {@link SeenChannel} has them.
 */
final class SeenChannels {
  private static final int NAME_DIGITS = 16;
  private static final int ATTEMPTS = 500;
  private static final long PAUSE_MILLIS = 10;

  private final Environment environment;

  SeenChannels(Environment environment) {
    this.environment = environment;
  }

  /**
   * What was seen at this address under these pins.
   *
   * @throws DamagedException if it cannot be read
   */
  Optional<SeenChannel> find(ChannelAddress address, List<PublicKey> pins) throws IOException {
    Path file = file(address, pins);
    return Presence.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /**
   * Looks at what was seen and keeps what is seen now; nobody else does so at the same time.
   *
   * @throws LockHeldException if others keep doing so
   */
  void note(ChannelAddress address, List<PublicKey> pins, Judgement judgement) throws IOException {
    Durable.createDirectories(folder());
    try (Lease lock = lock()) {
      Optional<SeenChannel> before = find(address, pins);
      SeenChannel now = judgement.of(before);
      if (!before.equals(Optional.of(now))) {
        Durable.replace(file(address, pins), write(now), FileWrites.PRIVATE_FILE);
      }
    }
  }

  /** What is to be remembered after this; throws if what was read is not to be believed. */
  interface Judgement {
    SeenChannel of(Optional<SeenChannel> before) throws IOException;
  }

  private Lease lock() throws IOException {
    Path lock = folder().resolve("lock");
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Lease> lease = environment.platform().tryLock(lock, LockMode.EXCLUSIVE);
      if (lease.isPresent()) {
        return lease.get();
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + lock);
      }
    }
    throw new LockHeldException(lock, Optional.empty());
  }

  private Path folder() {
    return environment.home().channels();
  }

  /** Where it is kept, or would be. */
  Path file(ChannelAddress address, List<PublicKey> pins) {
    String keys = pins.stream().map(PublicKey::text).sorted().collect(Collectors.joining(" "));
    String identity = address.document() + "\n" + keys;
    Sha256 digest = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    return folder().resolve(digest.hex().substring(0, NAME_DIGITS) + ".json");
  }

  private static SeenChannel read(Path file) throws IOException {
    JsonFields fields = new JsonFields(file.toString());
    try {
      JsonNode root = fields.root(Files.readAllBytes(file));
      List<Sha256> sha256 = fields.checksums(root.path("sha256"), "sha256");
      String name = fields.text(root, "name", "name").orElse("");
      List<PublicKey> keys = keys(root, fields);
      JsonNode counter = root.path("counter");
      boolean counts = counter.isIntegralNumber() && counter.canConvertToLong();
      if (!counts || sha256.size() != 1) {
        fields.wrong("counter", "or sha256 is missing");
      }
      fields.orThrow();
      return new SeenChannel(name, counter.asLong(), sha256.getFirst(), keys);
    } catch (RefusedException e) {
      throw new DamagedException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "what is remembered of the channel is damaged: " + e.getMessage())
              .inFile(file)
              .leaving("nothing was changed")
              .next(
                  "rm "
                      + ShellWord.of(file)
                      + ", then the command again; an older channel is then believed"));
    }
  }

  private static List<PublicKey> keys(JsonNode root, JsonFields fields) {
    List<PublicKey> keys = new ArrayList<>();
    for (JsonNode each : root.path("keys")) {
      if (each.isString() && PublicKey.isValid(each.stringValue())) {
        keys.add(new PublicKey(each.stringValue()));
      } else {
        fields.wrong("keys", "has what is no key");
      }
    }
    return keys;
  }

  private static byte[] write(SeenChannel seen) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", 1);
    root.put("name", seen.name());
    root.put("counter", seen.counter());
    root.put("sha256", seen.sha256().hex());
    ArrayNode keys = root.putArray("keys");
    seen.keys().stream().map(PublicKey::text).forEach(keys::add);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }
}
