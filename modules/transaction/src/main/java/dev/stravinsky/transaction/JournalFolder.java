package dev.stravinsky.transaction;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the journals are: one file for each transaction that is not over. */
final class JournalFolder {
  private static final String SUFFIX = ".journal";

  private final Home home;

  JournalFolder(Home home) {
    this.home = home;
  }

  Path file(String id) {
    if (!id.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("not a transaction's id: " + id);
    }
    return home.journal().resolve(id + SUFFIX);
  }

  /**
   * What all journals say. One without its first record, torn by a crash before anything else was
   * done, says nothing.
   */
  List<JournalContent> contents() throws IOException {
    List<JournalContent> contents = new ArrayList<>();
    for (Path file : files()) {
      List<byte[]> records = SwapJournal.read(file);
      if (!records.isEmpty()) {
        JournalContent content = JournalCodec.decode(records, file);
        if (content.reached() != State.CLEAN) {
          contents.add(content);
        }
      }
    }
    return contents;
  }

  /** Removes journals of which a crash left no first record or only the removal to be done. */
  void sweep() throws IOException {
    for (Path file : files()) {
      List<byte[]> records = SwapJournal.read(file);
      if (records.isEmpty() || JournalCodec.decode(records, file).reached() == State.CLEAN) {
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
