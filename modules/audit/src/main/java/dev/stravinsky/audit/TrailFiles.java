package dev.stravinsky.audit;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the trail's files are. */
record TrailFiles(Home home) {

  Path directory() {
    return home.audit();
  }

  /** The live log. */
  Path log() {
    return home.operationsLog();
  }

  Path lock() {
    return directory().resolve("lock");
  }

  Path head() {
    return directory().resolve("head.json");
  }

  Path index() {
    return home.index();
  }

  Path archive() {
    return directory().resolve("archive");
  }

  /** Half-written lines that crashes left. */
  Path torn() {
    return directory().resolve("torn");
  }

  boolean exist() throws IOException {
    return Presence.isDirectory(directory());
  }

  /** Closed parts of the log, oldest first. */
  List<Archive> archives() throws IOException {
    Map<Long, Archive> byFirst = new TreeMap<>();
    for (Path file : list(archive())) {
      Archive.of(file)
          // While a part is being packed it is there twice; the plain one is whole from the start.
          .ifPresent(a -> byFirst.merge(a.first(), a, (x, y) -> x.packed() ? y : x));
    }
    return List.copyOf(byFirst.values());
  }

  /** Every part of the log that holds events, oldest first. */
  List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    archives().forEach(archive -> segments.add(archive.file()));
    if (Presence.exists(log())) {
      segments.add(log());
    }
    return segments;
  }

  /** {@code head.json} and older heads that the trail contradicted when it went on. */
  List<Path> heads() throws IOException {
    return list(directory()).stream()
        .filter(file -> file.getFileName().toString().matches("head(-\\d+)?\\.json"))
        .toList();
  }

  List<Path> tornLines() throws IOException {
    return list(torn());
  }

  static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Order.by(Path::toString));
    return files;
  }
}
