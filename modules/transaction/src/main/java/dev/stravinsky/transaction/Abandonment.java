package dev.stravinsky.transaction;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Closes a transaction that cannot be ended. Nothing is copied, so that nothing can fail for want
 * of space: its folders stay where they are under another name, its journal goes to the quarantine.
 */
final class Abandonment {
  private final Home home;
  private final JournalFolder journals;

  Abandonment(Home home, JournalFolder journals) {
    this.home = home;
    this.journals = journals;
  }

  /** The files that are not live. */
  List<Path> abandon(String id) throws IOException {
    Path journal = journals.find(id).orElseThrow(() -> noSuchTransaction(id));
    List<byte[]> records = SwapJournal.readable(Files.readAllBytes(journal));
    List<Path> sides = new ArrayList<>();
    if (!records.isEmpty()) {
      Header header = JournalCodec.decode(records.subList(0, 1), journal).header();
      for (Path base : header.bases()) {
        keep(header, base, sides);
      }
    }
    Durable.createDirectories(home.quarantine());
    FileWrites.rename(journal, home.quarantine().resolve(journal.getFileName()));
    Durable.forceDirectory(home.quarantine());
    Durable.forceDirectory(home.journal());
    return sides;
  }

  private static NotFoundException noSuchTransaction(String id) {
    return new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "no interrupted transaction is called " + id)
            .leaving("nothing was changed")
            .next("stravinsky recovery emergency"));
  }

  private static void keep(Header header, Path base, List<Path> sides) throws IOException {
    Path folder = header.folder(base);
    if (!Presence.isDirectory(folder)) {
      return; // Removed before, or its disk is not here.
    }
    Path kept = header.kept(base);
    FileWrites.rename(folder, kept);
    Durable.forceDirectory(base);
    try (Stream<Path> below = Files.walk(kept)) {
      for (Path each : (Iterable<Path>) below::iterator) {
        if (!Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          sides.add(each);
        }
      }
    }
  }
}
