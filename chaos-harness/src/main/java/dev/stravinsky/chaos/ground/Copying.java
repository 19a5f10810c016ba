package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a configuration, and nothing but what belongs to its targets. */
final class Copying {
  private static final List<String> TARGETS =
      List.of(
          "hooks",
          "commands",
          "settings.json",
          "settings.local.json",
          "agents",
          "skills",
          "rules",
          "output-styles",
          "CLAUDE.md");

  private final Path folder;
  private final Path real;
  private final Budget budget = new Budget();

  Copying(Path folder) throws IOException {
    this.folder = folder;
    this.real = folder.toRealPath();
  }

  ConfigurationCopy copy() throws IOException {
    SortedMap<EntryPath, Entry> found = new TreeMap<>();
    for (String target : TARGETS) {
      Path place = real.resolve(target);
      if (attributes(place).isPresent()) {
        read(place, real, found, true);
      }
    }
    return new ConfigurationCopy(folder, withoutSecrets(found), budget.leftOut());
  }

  private static Optional<BasicFileAttributes> attributes(Path place) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * @param outward whether links that lead out of it are read at their end
   */
  private void read(Path place, Path top, SortedMap<EntryPath, Entry> found, boolean outward)
      throws IOException {
    BasicFileAttributes entry =
        Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    EntryPath path = place.equals(top) ? EntryPath.ROOT : EntryPath.relativize(top, place);
    if (entry.isSymbolicLink()) {
      found.put(path, outward ? link(place) : new Entry.Link(words(place)));
    } else if (entry.isDirectory()) {
      found.put(path, new Entry.Directory(FileModes.of(place)));
      for (Path each : sorted(place)) {
        read(each, top, found, outward);
      }
    } else if (!entry.isRegularFile()) {
      budget.refuse(place.toString());
    } else if (budget.takes(place.toString(), entry.size())) {
      found.put(path, new Entry.Content(Files.readAllBytes(place), FileModes.of(place)));
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
      list.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }

  private Entry link(Path link) throws IOException {
    String words = words(link);
    Optional<Path> end = end(link);
    if (end.isEmpty()) {
      return new Entry.Link(words);
    }
    if (end.get().startsWith(real)) {
      return words.startsWith("/")
          ? new Entry.Inward(EntryPath.relativize(real, end.get()))
          : new Entry.Link(words);
    }
    SortedMap<EntryPath, Entry> there = new TreeMap<>();
    read(end.get(), end.get(), there, false);
    return there.isEmpty() ? new Entry.Link(words) : new Entry.Outward(there);
  }

  private static String words(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString();
  }

  /** Empty where a link leads to nothing or in a circle. */
  private static Optional<Path> end(Path link) {
    try {
      return Optional.of(link.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static SortedMap<EntryPath, Entry> withoutSecrets(SortedMap<EntryPath, Entry> found) {
    Secrets secrets = new Secrets();
    learn(found, secrets);
    return hidden(found, secrets);
  }

  private static void learn(SortedMap<EntryPath, Entry> found, Secrets secrets) {
    for (Entry each : found.values()) {
      switch (each) {
        case Entry.Content file -> secrets.learn(file.bytes());
        case Entry.Outward link -> learn(link.end(), secrets);
        default -> {}
      }
    }
  }

  private static SortedMap<EntryPath, Entry> hidden(
      SortedMap<EntryPath, Entry> found, Secrets secrets) {
    SortedMap<EntryPath, Entry> hidden = new TreeMap<>();
    for (Map.Entry<EntryPath, Entry> each : found.entrySet()) {
      hidden.put(
          each.getKey(),
          switch (each.getValue()) {
            case Entry.Content file ->
                new Entry.Content(secrets.without(file.bytes()), file.mode());
            case Entry.Outward link -> new Entry.Outward(hidden(link.end(), secrets));
            default -> each.getValue();
          });
    }
    return hidden;
  }
}
