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
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Predicate;
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
    try (InputStream in = Files.newInputStream(manifest)) {
      return beginning(manifest, in).head();
    }
  }

  /** The same of a manifest's text, and where it ends. */
  static Beginning beginning(Path manifest, InputStream in) throws IOException {
    try (ManifestReader reader = new ManifestReader(manifest, in)) {
      return Json.reading(manifest, reader.parser, reader::readBeginning);
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
            Optional<ManifestHead> head = reader.headBefore("members");
            if (head.isPresent()) {
              Map<String, Long> most = reader.mostMembers(head.get());
              Json.fields(
                  reader.parser,
                  archive -> {
                    members.put(archive, reader.rows.members(most.getOrDefault(archive, 0L)));
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
      Rows rows = Json.reading(manifest, reader.parser, reader::firstRow);
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL),
              false)
          .onClose(reader::close);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The entry that begins at this byte. */
  static Row rowAt(Path manifest, long offset) throws IOException {
    return at(manifest, offset, RowReader::row);
  }

  /** The member that begins at this byte. */
  static Member memberAt(Path manifest, long offset) throws IOException {
    return at(manifest, offset, RowReader::member);
  }

  private interface Part<T> {
    T read(RowReader reader) throws IOException;
  }

  private static <T> T at(Path manifest, long offset, Part<T> part) throws IOException {
    try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.READ);
        ManifestReader reader =
            new ManifestReader(manifest, Channels.newInputStream(channel.position(offset)))) {
      return Json.reading(
          manifest,
          reader.parser,
          () -> {
            reader.parser.nextToken();
            return part.read(reader.rows);
          });
    }
  }

  private Beginning readBeginning() throws IOException {
    return read(name -> name.equals("members") || name.equals("entries"));
  }

  /** The head, the parser then standing on the value of the wanted field; empty without it. */
  private Optional<ManifestHead> headBefore(String wanted) throws IOException {
    Beginning beginning = read(wanted::equals);
    return beginning.stopped() ? Optional.of(beginning.head()) : Optional.empty();
  }

  /**
   * What stands before a field.
   *
   * @param stopped whether there is such a field
   * @param bytes where its value begins
   */
  record Beginning(ManifestHead head, boolean stopped, long bytes) {}

  private Beginning read(Predicate<String> stop) throws IOException {
    ManifestHead.Draft draft = new ManifestHead.Draft(parser, file);
    boolean[] stopped = new boolean[1];
    boolean[] known = new boolean[1];
    parser.nextToken();
    Json.fields(
        parser,
        name -> {
          if (name.equals("format")) {
            requireKnownFormat(Json.number(parser));
            known[0] = true;
            return true;
          }
          stopped[0] = stop.test(name);
          return !stopped[0] && draft.read(name);
        });
    if (!known[0]) {
      throw new IllegalArgumentException("it says no format");
    }
    long bytes = parser.currentTokenLocation().getByteOffset();
    return new Beginning(draft.finish(), stopped[0], bytes);
  }

  private Rows firstRow() throws IOException {
    ManifestHead head =
        headBefore("entries").orElseThrow(() -> new IllegalArgumentException("no entries"));
    Json.expect(parser, JsonToken.START_ARRAY);
    return new Rows(new EntryRules(head.manifest()), Json.element(parser));
  }

  /** Of each archive: a group and a content for each entry, and the end. */
  private Map<String, Long> mostMembers(ManifestHead head) {
    Map<String, Long> most = new TreeMap<>();
    head.manifest().archives().forEach(a -> most.put(a.path(), 2 * a.filesCount() + 1));
    return most;
  }

  private void requireKnownFormat(long format) {
    if (format < ManifestWriter.FORMAT) {
      throw new IllegalArgumentException("there is no format " + format);
    }
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
    private final EntryRules rules;
    private boolean more;

    Rows(EntryRules rules, boolean more) {
      this.rules = rules;
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
              rules.check(row);
              more = Json.element(parser);
              return row;
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
