package dev.stravinsky.audit;

import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code head.json}: the place and hash of the last event that was forced. */
final class HeadFile {
  private static final Pattern FORMAT = Pattern.compile("\"format\"\\s*:\\s*(\\d{1,9})");
  private static final Pattern SEQ = Pattern.compile("\"seq\"\\s*:\\s*(\\d{1,18})");
  private static final Pattern HASH = Pattern.compile("\"hash\"\\s*:\\s*\"([0-9a-f]{64})\"");

  private HeadFile() {}

  /**
   * The head; empty if there is no file, or one that cannot be read as a head.
   *
   * @throws RefusedException if a newer version of the product wrote it: the log is then its, too
   */
  static Optional<TrailHead> read(Path file) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher format = FORMAT.matcher(text);
    if (format.find() && Integer.parseInt(format.group(1)) > 1) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "the trail has format "
                      + format.group(1)
                      + "; this version of Stravinsky knows 1")
              .inFile(file)
              .leaving("the trail is as it was")
              .next("use the newer version that wrote it"));
    }
    Matcher seq = SEQ.matcher(text);
    Matcher hash = HASH.matcher(text);
    return seq.find() && hash.find()
        ? Optional.of(new TrailHead(Long.parseLong(seq.group(1)), hash.group(1)))
        : Optional.empty();
  }

  static void write(Path file, TrailHead head) throws IOException {
    String json =
        "{\"format\": 1, \"seq\": " + head.seq() + ", \"hash\": \"" + head.hash() + "\"}\n";
    Durable.replace(file, json.getBytes(StandardCharsets.UTF_8), FileWrites.PRIVATE_FILE);
  }
}
