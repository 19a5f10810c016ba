package dev.stravinsky.validator.external;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads finding lines of the check protocol. */
final class FindingLines {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String checkId;
  private final CheckContext context;

  /** By the place of the content; made when the first finding names a file. */
  private final Map<Path, Path> livePaths = new HashMap<>();

  FindingLines(String checkId, CheckContext context) {
    this.checkId = checkId;
    this.context = context;
  }

  /** A line as it was written. */
  JsonNode parse(String line) throws CheckFailedException {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw new CheckFailedException("it answered what is not JSON: " + PlainText.line(line));
    }
  }

  /** What the check says that it looks at, if this line says that and is no finding. */
  Optional<String> explanation(JsonNode json) {
    return json.has("severity") || json.has("message")
        ? Optional.empty()
        : text(json, "explanation").map(PlainText::line);
  }

  /** A line that was parsed. */
  Finding read(JsonNode json) throws CheckFailedException {
    if (!json.isObject()) {
      throw new CheckFailedException("it answered what is no finding: " + shown(json));
    }
    String message = PlainText.line(text(json, "message").orElse(""));
    if (message.isEmpty()) {
      throw new CheckFailedException("it answered a finding with no message: " + shown(json));
    }
    Severity severity = constant(Severity.class, json, "severity", Optional.empty());
    ErrorKind kind = constant(ErrorKind.class, json, "kind", Optional.of(ErrorKind.UNKNOWN));
    Optional<Path> file = Optional.empty();
    Optional<String> named = text(json, "file");
    if (named.isPresent()) {
      file = Optional.of(live(path(named.get())));
    }
    return new Finding(
        checkId,
        severity,
        kind,
        file,
        line(json),
        message,
        text(json, "hint").map(PlainText::line));
  }

  private static OptionalInt line(JsonNode json) throws CheckFailedException {
    JsonNode line = json.path("line");
    if (line.isMissingNode() || line.isNull()) {
      return OptionalInt.empty();
    }
    if (!line.isInt() || line.intValue() < 1) {
      throw new CheckFailedException("it answered a line that is none: " + shown(json));
    }
    return OptionalInt.of(line.intValue());
  }

  private Path path(String written) throws CheckFailedException {
    try {
      return written.startsWith("file:")
          ? Path.of(URI.create(written))
          : context.workingDirectory().resolve(written).normalize();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new CheckFailedException("it answered a file that is none: " + PlainText.line(written));
    }
  }

  /** A check may name the content that it read; people know a file by its live path. */
  private Path live(Path file) {
    if (livePaths.isEmpty()) {
      for (TargetView view : context.targets()) {
        for (TargetView.Node node : view.nodes()) {
          Path live = node.path().resolveIn(view.target().root());
          livePaths.putIfAbsent(node.content(), live);
          livePaths.putIfAbsent(node.location(), live);
        }
      }
    }
    return livePaths.getOrDefault(file, file);
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, JsonNode json, String key, Optional<E> otherwise) throws CheckFailedException {
    Optional<String> written = text(json, key);
    if (written.isEmpty() && otherwise.isPresent()) {
      return otherwise.get();
    }
    String name = written.orElse("").toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CheckFailedException(
                    "it answered a finding whose "
                        + key
                        + " is none of "
                        + Arrays.toString(type.getEnumConstants())
                        + ": "
                        + shown(json)));
  }

  private static Optional<String> text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static String shown(JsonNode json) {
    return PlainText.line(json.toString());
  }
}
