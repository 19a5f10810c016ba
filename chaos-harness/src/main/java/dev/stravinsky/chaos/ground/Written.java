package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** Puts entries on a file system. */
final class Written {
  private Written() {}

  /**
   * @param top of what inward links lead to
   */
  static void write(Entry entry, Path place, Path top) throws IOException {
    if (place.getParent() != null) {
      Files.createDirectories(place.getParent());
    }
    switch (entry) {
      case Entry.Directory folder -> Files.createDirectories(place);
      case Entry.Content file -> {
        Files.write(place, file.bytes());
        Files.setPosixFilePermissions(place, FileModes.toPermissions(file.mode()));
      }
      case Entry.Link link -> link(place, place.getFileSystem().getPath(link.words()));
      case Entry.Inward link -> link(place, link.end().resolveIn(top));
      case Entry.Outward link -> throw new IllegalArgumentException("a link out of a link's end");
    }
  }

  static void link(Path place, Path end) throws IOException {
    Files.createDirectories(place.getParent());
    Files.createSymbolicLink(place, end);
  }

  /** Of directories, when nothing more is written into them. */
  static void setModes(SortedMap<EntryPath, Entry> entries, Path top) throws IOException {
    for (Map.Entry<EntryPath, Entry> each : entries.entrySet()) {
      if (each.getValue() instanceof Entry.Directory folder) {
        Files.setPosixFilePermissions(
            each.getKey().resolveIn(top), FileModes.toPermissions(folder.mode()));
      }
    }
  }
}
