package dev.stravinsky.transaction;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the journals are: one file for each transaction that is not over. */
final class JournalFolder {
  private static final String ID = "[A-Za-z0-9_-]+";
  private static final String SUFFIX = ".journal";
  private static final String WITHDRAWN = ".undo.journal";

  private final Home home;

  JournalFolder(Home home) {
    this.home = home;
  }

  /** Where a new journal goes. */
  Path newFile(String id) {
    return named(id, SUFFIX);
  }

  /** Where a journal is. */
  Path file(String id) throws IOException {
    Path withdrawn = named(id, WITHDRAWN);
    return Presence.exists(withdrawn) ? withdrawn : named(id, SUFFIX);
  }

  /** The journal of a transaction that a person named, who may have mistyped it. */
  Optional<Path> find(String id) throws IOException {
    if (!id.matches(ID)) {
      return Optional.empty();
    }
    Path file = file(id);
    return Presence.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** The name of a journal whose commit record, if there is one, does not count. */
  static Path withdrawn(Path journal) {
    String name = journal.getFileName().toString();
    return journal.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + WITHDRAWN);
  }

  static boolean isWithdrawn(Path journal) {
    return journal.getFileName().toString().endsWith(WITHDRAWN);
  }

  private Path named(String id, String suffix) {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("not a transaction's id: " + id);
    }
    return home.journal().resolve(id + suffix);
  }

  /** Whether nothing was begun, or all that was is over. */
  boolean isEmpty() throws IOException {
    return files().isEmpty();
  }

  /**
   * What all journals say. One without its first record, torn by a crash before anything else was
   * done, says nothing; of a damaged one it is what its good records say.
   *
   * @throws DamagedException if a damaged one does not even say which targets it touches
   */
  List<JournalContent> contents() throws IOException {
    List<JournalContent> contents = new ArrayList<>();
    for (Path file : files()) {
      content(file).filter(c -> !isOver(c)).ifPresent(contents::add);
    }
    return contents;
  }

  private static boolean isOver(JournalContent content) {
    return content.reached() == State.CLEAN && content.damage().isEmpty();
  }

  private static Optional<JournalContent> content(Path file) throws IOException {
    try {
      List<byte[]> records = SwapJournal.read(file);
      return records.isEmpty() ? Optional.empty() : Optional.of(JournalCodec.decode(records, file));
    } catch (DamagedException e) {
      return Optional.of(goodRecords(file, e).damagedBy(e.problems().getFirst()));
    }
  }

  private static JournalContent goodRecords(Path file, DamagedException damage) throws IOException {
    List<byte[]> good = SwapJournal.readable(Files.readAllBytes(file));
    try {
      if (!good.isEmpty()) {
        return JournalCodec.decode(good, file);
      }
    } catch (DamagedException e) {
      throw unknown(file, e);
    }
    throw unknown(file, damage);
  }

  private static DamagedException unknown(Path file, DamagedException cause) {
    String name = file.getFileName().toString();
    String id = name.substring(0, name.indexOf('.'));
    return new DamagedException(
        Problem.of(
                ErrorKind.PARTIAL_WRITE,
                "the journal is damaged so that nobody knows which files it touches; until it is"
                    + " abandoned nothing can be changed")
            .inFile(file)
            .leaving("nothing was changed; both sides of every file are on disk")
            .next("stravinsky recovery emergency --abandon " + id),
        cause);
  }

  /**
   * Removes journals of which a crash left no first record or only the removal to be done. Damaged
   * ones stay until they are abandoned.
   */
  void sweep() throws IOException {
    for (Path file : files()) {
      Optional<JournalContent> content = content(file);
      if (content.isEmpty() || isOver(content.get())) {
        FileWrites.deleteIfExists(file);
      }
    }
    for (Path each : entries()) {
      if (each.getFileName().toString().endsWith(SUFFIX + ".tmp")) {
        FileWrites.deleteIfExists(each);
      }
    }
  }

  private List<Path> files() throws IOException {
    return entries().stream()
        .filter(f -> f.getFileName().toString().endsWith(SUFFIX))
        .sorted()
        .toList();
  }

  private List<Path> entries() throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(home.journal())) {
      all.forEach(entries::add);
    } catch (NoSuchFileException e) {
      return List.of(); // Nothing was ever changed.
    }
    return entries;
  }
}
