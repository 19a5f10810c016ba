package dev.stravinsky.release;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.release.signify.MalformedException;
import dev.stravinsky.release.signify.SecretKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secret keys that sign, by their files, in order. */
final class SigningKeys {
  private final Map<Path, SecretKey> keys;

  private SigningKeys(Map<Path, SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads each.
   *
   * @throws UsageException naming file and line of what is no secret key
   */
  static SigningKeys read(List<Path> files) throws IOException {
    Map<Path, SecretKey> keys = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        keys.put(file, SecretKey.read(Files.readAllBytes(file)));
      } catch (MalformedException e) {
        throw new UsageException(
            Problem.of(ErrorKind.UNKNOWN, e.getMessage())
                .inFile(file)
                .atLine(e.line())
                .leaving("nothing was changed")
                .next("stravinsky channel key NAME"));
      } catch (NoSuchFileException e) {
        throw new NotFoundException(
            Problem.of(ErrorKind.UNKNOWN, "there is no secret key here")
                .inFile(file)
                .leaving("nothing was changed")
                .next("stravinsky channel key NAME"));
      }
    }
    return new SigningKeys(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  List<PublicKey> publicKeys() {
    return keys.values().stream().map(SecretKey::publicKey).toList();
  }

  /** The {@code .sig} file: a signature by each. */
  byte[] sign(byte[] message) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    keys.forEach(
        (path, key) -> {
          String name = path.getFileName().toString();
          file.writeBytes(key.sign(message, name.replaceFirst("\\.sec$", "") + ".pub"));
        });
    return file.toByteArray();
  }
}
