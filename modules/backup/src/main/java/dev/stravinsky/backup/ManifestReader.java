package dev.stravinsky.backup;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code manifest.json} as a stream, no further than is asked for. */
final class ManifestReader implements AutoCloseable {
  private final Path file;
  private final JsonParser parser;
  private final RowReader rows;

  private ManifestReader(Path file) throws IOException {
    this(file, Files.newInputStream(file));
  }

  private ManifestReader(Path file, InputStream in) {
    this.file = file;
    this.parser = Json.parser(new BufferedInputStream(in, 64 * 1024));
    this.rows = new RowReader(parser);
  }

  /** What stands before members and entries. Throws DamagedException if it is no manifest. */
  static ManifestHead head(Path manifest) throws IOException {
    try (ManifestReader reader = new ManifestReader(manifest)) {
      return Json.reading(manifest, reader.parser, reader::readHead);
    }
  }

  /** The members of each archive. */
  static Map<String, List<Member>> members(Path manifest) throws IOException {
    try (ManifestReader reader = new ManifestReader(manifest)) {
      Map<String, List<Member>> members = new TreeMap<>();
      Json.reading(
          manifest,
          reader.parser,
          () -> {
            if (reader.find("members")) {
              Json.fields(
                  reader.parser,
                  archive -> {
                    members.put(archive, reader.rows.members());
                    return true;
                  });
            }
            return null;
          });
      return members;
    }
  }

  /**
   * The entries one by one; to be closed. The stream throws DamagedException where the manifest is
   * malformed, and {@link UncheckedIOException}.
   */
  static Stream<Row> rows(Path manifest) throws IOException {
    ManifestReader reader = new ManifestReader(manifest);
    try {
      boolean any =
          Json.reading(
              manifest,
              reader.parser,
              () -> {
                if (!reader.find("entries")) {
                  throw new IllegalArgumentException("no entries");
                }
                Json.expect(reader.parser, JsonToken.START_ARRAY);
                return Json.element(reader.parser);
              });
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  reader.new Rows(any), Spliterator.ORDERED | Spliterator.NONNULL),
              false)
          .onClose(reader::close);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The entry that begins at this byte. */
  static Row rowAt(Path manifest, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.READ);
        ManifestReader reader =
            new ManifestReader(manifest, Channels.newInputStream(channel.position(offset)))) {
      return Json.reading(
          manifest,
          reader.parser,
          () -> {
            reader.parser.nextToken();
            return reader.rows.row();
          });
    }
  }

  private ManifestHead readHead() throws IOException {
    ManifestHead.Draft draft = new ManifestHead.Draft(parser, file);
    parser.nextToken();
    Json.fields(
        parser,
        name -> {
          if (name.equals("format")) {
            requireKnownFormat(Json.number(parser));
            return true;
          }
          return !name.equals("members") && !name.equals("entries") && draft.read(name);
        });
    return draft.finish();
  }

  private boolean find(String wanted) throws IOException {
    parser.nextToken();
    boolean[] found = new boolean[1];
    Json.fields(
        parser,
        name -> {
          found[0] = name.equals(wanted);
          if (name.equals("format")) {
            requireKnownFormat(Json.number(parser));
          }
          return !found[0];
        });
    return found[0];
  }

  private void requireKnownFormat(long format) {
    if (format > ManifestWriter.FORMAT) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "the backup is of format "
                      + format
                      + ", made by a newer version of this program,"
                      + " which reads format "
                      + ManifestWriter.FORMAT
                      + " at most")
              .inFile(file)
              .leaving("nothing was changed")
              .next("update stravinsky, then type the command again"));
    }
  }

  @Override
  public void close() {
    parser.close();
  }

  private final class Rows implements Iterator<Row> {
    private boolean more;

    Rows(boolean more) {
      this.more = more;
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public Row next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      try {
        return Json.reading(
            file,
            parser,
            () -> {
              Row row = rows.row();
              more = Json.element(parser);
              return row;
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
