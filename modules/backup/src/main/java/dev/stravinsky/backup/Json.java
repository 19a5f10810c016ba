package dev.stravinsky.backup;

import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.JsonFault;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/** JSON as a stream: unknown fields are passed over, anything malformed is damage at its line. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // All is UTF-8: what damage makes look like UTF-32 would be a failure of the disk.
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .build();

  private Json() {}

  /** Reads the value of one field, the parser standing on it. */
  interface Field {
    /** Returns false to end the reading of the object here. */
    boolean read(String name) throws IOException;
  }

  /** Something that reads or writes JSON. */
  interface Work<T> {
    T run() throws IOException;
  }

  static JsonParser parser(InputStream in) {
    return FACTORY.createParser(in);
  }

  /** One element to a line where it helps people; no other spaces. */
  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return new Lines();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        },
        out);
  }

  /** Reads an object's fields; the parser stands on its start and ends on its end. */
  static void fields(JsonParser parser, Field field) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (!field.read(name)) {
        return;
      }
      parser.skipChildren();
    }
    expect(parser, JsonToken.END_OBJECT);
  }

  /** Whether an array has one more element, on which the parser then stands. */
  static boolean element(JsonParser parser) {
    return parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null;
  }

  static void expect(JsonParser parser, JsonToken token) {
    if (parser.currentToken() != token) {
      throw new IllegalArgumentException("found " + parser.currentToken() + ", not " + token);
    }
  }

  static String text(JsonParser parser) {
    expect(parser, JsonToken.VALUE_STRING);
    return parser.getString();
  }

  static long number(JsonParser parser) {
    expect(parser, JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  /** Runs a reading; what is malformed becomes damage of {@code file}, an I/O error stays one. */
  static <T> T reading(Path file, JsonParser parser, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (JacksonIOException e) {
      throw (IOException) e.getCause();
    } catch (JacksonException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException e) {
      String what =
          e instanceof JacksonException json
              ? JsonFault.sentence(json.getOriginalMessage())
              : e.getMessage();
      throw new DamagedException(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "cannot be read: " + what)
              .inFile(file)
              .atLine(Math.max(1, parser.currentLocation().getLineNr()))
              .leaving("nothing was changed"),
          e);
    }
  }

  /** Runs a writing, whose I/O errors Jackson wraps. */
  static void writing(Work<Void> work) throws IOException {
    try {
      work.run();
    } catch (JacksonIOException e) {
      throw (IOException) e.getCause();
    }
  }

  private static final class Lines extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void beforeObjectEntries(JsonGenerator g) {
      if (g.streamWriteContext().getNestingDepth() <= 1) {
        g.writeRaw('\n');
      }
    }

    @Override
    public void writeObjectNameValueSeparator(JsonGenerator g) {
      g.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator g) {
      g.writeRaw(g.streamWriteContext().getNestingDepth() <= 1 ? ",\n" : ", ");
    }

    @Override
    public void beforeArrayValues(JsonGenerator g) {
      g.writeRaw('\n');
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator g) {
      g.writeRaw(",\n");
    }
  }
}
