package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.platform.LockOwner;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code lock.owner}, for the people who wait. It proves nothing: the lock does, so that a file
 * left by a dead owner blocks nobody, and a disk without space for it stops nothing.
 */
final class OwnerFile {
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
    byte[] record =
        JsonRecord.write(
            json -> {
              json.writeNumberProperty("format", 1);
              json.writeNumberProperty("pid", owner.pid());
              json.writeStringProperty("boot_id", owner.bootId());
              json.writeStringProperty("since", Times.text(owner.since()));
              json.writeStringProperty("command", owner.command());
            });
    try {
      Durable.replace(file(), record, FileWrites.PRIVATE_FILE);
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
      JsonNode json = JsonRecord.read(Files.readAllBytes(file()));
      return Optional.of(
          new LockOwner(
              json.path("pid").asLong(),
              json.path("boot_id").asString(),
              Times.parse(json.path("since").asString()),
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
