package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * {@code holds.json}: by scope the pinned version and the held ones, with a checksum over the rest
 * of the file, since a flipped bit can leave sound JSON that holds another version.
 */
final class HoldsFile {
  private static final int FORMAT = 1;
  private static final String NEXT = "stravinsky unhold --all";

  private final Path file;

  HoldsFile(Path file) {
    this.file = file;
  }

  /** What is held, by the scopes' keys. */
  Map<String, HeldVersions> read() throws IOException {
    Map<String, HeldVersions> all = new TreeMap<>();
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return all;
    }
    String[] sum = {""};
    try (JsonParser parser = Json.parser(new ByteArrayInputStream(content))) {
      Json.reading(file, parser, () -> read(parser, all, sum));
    } catch (DamagedException e) {
      throw new DamagedException(e.problems().getFirst().next(NEXT), e);
    }
    if (!sum[0].equals(Sha256.of(written(all, Optional.empty())).hex())) {
      throw new DamagedException(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "is not what was written: its checksum differs")
              .inFile(file)
              .leaving("nothing was changed")
              .next(NEXT));
    }
    return all;
  }

  void write(Map<String, HeldVersions> all) throws IOException {
    String sum = Sha256.of(written(all, Optional.empty())).hex();
    Durable.createDirectories(file.getParent());
    Durable.replace(file, written(all, Optional.of(sum)), FileWrites.PRIVATE_FILE);
  }

  private Map<String, HeldVersions> read(
      JsonParser parser, Map<String, HeldVersions> all, String[] sum) throws IOException {
    parser.nextToken();
    Json.fields(
        parser,
        name -> {
          switch (name) {
            case "format" -> requireKnownFormat(Json.number(parser));
            case "sha256" -> sum[0] = Json.text(parser);
            case "scopes" ->
                Json.fields(
                    parser,
                    scope -> {
                      all.put(scope, held(parser));
                      return true;
                    });
            default -> {
              // The checksum tells of what does not belong here.
            }
          }
          return true;
        });
    return all;
  }

  private void requireKnownFormat(long format) {
    if (format > FORMAT) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "is of format "
                      + format
                      + ", made by a newer version of this program, which reads format "
                      + FORMAT
                      + " at most")
              .inFile(file)
              .leaving("nothing was changed")
              .next("update stravinsky, then type the command again"));
    }
  }

  /** The scope is put in by whoever asks for one; keys of projects lead back to no path. */
  private static HeldVersions held(JsonParser parser) throws IOException {
    List<Hold> holds = new ArrayList<>();
    List<Version> pin = new ArrayList<>();
    Json.fields(
        parser,
        name -> {
          if (name.equals("pin")) {
            pin.add(new Version(Json.text(parser)));
          } else if (name.equals("holds")) {
            Json.expect(parser, JsonToken.START_ARRAY);
            while (Json.element(parser)) {
              holds.add(hold(parser));
            }
          }
          return true;
        });
    return new HeldVersions(Scope.USER, holds, pin.stream().findFirst());
  }

  private static Hold hold(JsonParser parser) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Json.fields(
        parser,
        name -> {
          texts.put(name, Json.text(parser));
          return true;
        });
    return new Hold(
        new Version(texts.getOrDefault("version", "")),
        Cause.valueOf(texts.getOrDefault("cause", "").toUpperCase(Locale.ROOT)),
        Instant.parse(texts.getOrDefault("since", "")),
        Optional.ofNullable(texts.get("reason")));
  }

  /** The file's content; its checksum is that of the same without one. */
  private static byte[] written(Map<String, HeldVersions> all, Optional<String> sum)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", FORMAT);
      json.writeObjectPropertyStart("scopes");
      all.forEach((scope, held) -> write(json, scope, held));
      json.writeEndObject();
      sum.ifPresent(value -> json.writeStringProperty("sha256", value));
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, String scope, HeldVersions held) {
    json.writeObjectPropertyStart(scope);
    held.pin().ifPresent(version -> json.writeStringProperty("pin", version.value()));
    json.writeArrayPropertyStart("holds");
    for (Hold hold : held.holds()) {
      json.writeStartObject();
      json.writeStringProperty("version", hold.version().value());
      json.writeStringProperty("cause", hold.cause().written());
      json.writeStringProperty("since", hold.since().toString());
      hold.reason().ifPresent(text -> json.writeStringProperty("reason", text));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
