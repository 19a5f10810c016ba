package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.platform.LockOwner;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code lock.owner}, for the people who wait. It proves nothing: the lock does, so that a file
 * left by a dead owner blocks nobody, and a disk without space for it stops nothing.
 */
final class OwnerFile {
  /** Made when the file is read or written: a command that only lists does neither. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }

  private final Environment environment;

  OwnerFile(Environment environment) {
    this.environment = environment;
  }

  void write() {
    LockOwner owner =
        new LockOwner(
            ProcessHandle.current().pid(),
            bootId(),
            environment.clock().instant(),
            environment.command());
    byte[] json =
        Json.MAPPER.writeValueAsBytes(
            Json.MAPPER
                .createObjectNode()
                .put("format", 1)
                .put("pid", owner.pid())
                .put("boot_id", owner.bootId())
                .put("since", owner.since().toString())
                .put("command", owner.command()));
    try {
      Durable.replace(file(), json, FileWrites.PRIVATE_FILE);
    } catch (IOException e) {
      // A full disk must not stop the command that may free it.
    }
  }

  void remove() {
    try {
      FileWrites.deleteIfExists(file());
    } catch (IOException e) {
      // The next owner replaces it.
    }
  }

  /** Who holds the lock, as far as the file tells. */
  Optional<LockOwner> read() {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file()));
      return Optional.of(
          new LockOwner(
              json.path("pid").asLong(),
              json.path("boot_id").asString(),
              Instant.parse(json.path("since").asString()),
              json.path("command").asString()));
    } catch (IOException | JacksonException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private String bootId() {
    return environment.platform().bootId().orElse("");
  }

  private Path file() {
    return environment.home().lockOwner();
  }
}
