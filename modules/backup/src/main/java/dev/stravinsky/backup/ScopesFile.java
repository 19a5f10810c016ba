package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * A small file of JSON that knows something of each scope, with a checksum over the rest of it,
 * since a flipped bit can leave sound JSON that says something else. Each change is a durable
 * replacement of the file.
 *
 * @param <T> what is known of one scope
 */
final class ScopesFile<T> {
  private static final int FORMAT = 1;

  private final Path file;
  private final String next;
  private final Form<T> form;

  /** How one scope's part is written, which is one JSON object. */
  interface Form<T> {
    T read(JsonParser parser) throws IOException;

    /** Writes the object's members. */
    void write(JsonGenerator json, T known);
  }

  /** {@code next} is the command to type when the file is damaged. */
  ScopesFile(Path file, String next, Form<T> form) {
    this.file = file;
    this.next = next;
    this.form = form;
  }

  /** What is known, by {@link Scope#key}; nothing if there is no file. */
  Map<String, T> read() throws IOException {
    Map<String, T> all = new TreeMap<>();
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
      throw new DamagedException(e.problems().getFirst().next(next), e);
    }
    if (!sum[0].equals(Sha256.of(written(all, Optional.empty())).hex())) {
      throw new DamagedException(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "is not what was written: its checksum differs")
              .inFile(file)
              .leaving("nothing was changed")
              .next(next));
    }
    return all;
  }

  void write(Map<String, T> all) throws IOException {
    String sum = Sha256.of(written(all, Optional.empty())).hex();
    Durable.createDirectories(file.getParent());
    Durable.replace(file, written(all, Optional.of(sum)), FileWrites.PRIVATE_FILE);
  }

  /** Of what does not belong here the checksum tells. */
  private Map<String, T> read(JsonParser parser, Map<String, T> all, String[] sum)
      throws IOException {
    parser.nextToken();
    Json.fields(
        parser,
        name -> {
          if (name.equals("format")) {
            requireKnownFormat(Json.number(parser));
          } else if (name.equals("sha256")) {
            sum[0] = Json.text(parser);
          } else if (name.equals("scopes")) {
            Json.fields(
                parser,
                scope -> {
                  all.put(scope, form.read(parser));
                  return true;
                });
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

  /** The file's content; its checksum is that of the same without one. */
  private byte[] written(Map<String, T> all, Optional<String> sum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", FORMAT);
      json.writeObjectPropertyStart("scopes");
      all.forEach(
          (scope, known) -> {
            json.writeObjectPropertyStart(scope);
            form.write(json, known);
            json.writeEndObject();
          });
      json.writeEndObject();
      sum.ifPresent(value -> json.writeStringProperty("sha256", value));
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
