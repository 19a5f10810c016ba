package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Order;
import dev.stravinsky.release.Item.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A folder on disk. Only what is asked for is listed: a project that is checked out may have a
 * hundred thousand files that are no part of the release.
 */
final class FolderContents implements Contents {
  private final Path folder;
  private final Limits limits;

  FolderContents(Path folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  @Override
  public List<Item> children(EntryPath of) throws IOException {
    List<Item> items = new ArrayList<>();
    Refusals refusals = new Refusals();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(of.resolveIn(folder))) {
      for (Path entry : entries) {
        EntryPath path = EntryPath.relativize(folder, entry);
        byte[] name = path.bytes();
        EntryNames.refusal(name, limits)
            .ifPresent(reason -> refusals.add(EntryNames.readable(name), reason));
        items.add(item(path, entry));
      }
    }
    refusals.orThrow();
    items.sort(Order.by(Item::path));
    return items;
  }

  @Override
  public List<Item> below(EntryPath of) throws IOException {
    List<Item> all = new ArrayList<>();
    collect(of, all);
    return all;
  }

  @Override
  public void read(Collection<EntryPath> files, Reader reader) throws IOException {
    for (EntryPath file : files) {
      Path path = file.resolveIn(folder);
      try (InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
        reader.accept(item(file, path), content);
      }
    }
  }

  @Override
  public void close() {}

  private void collect(EntryPath of, List<Item> all) throws IOException {
    for (Item item : children(of)) {
      if (all.size() >= limits.entries()) {
        throw Refusals.refused(folder + " has more than " + limits.entries() + " entries");
      }
      all.add(item);
      if (item.kind() == Kind.DIRECTORY && !VersionControl.holds(item.path())) {
        collect(item.path(), all);
      }
    }
  }

  private static Item item(EntryPath path, Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return new Item(
          path, Kind.LINK, Item.NO_MODE, LinkTargets.encode(Files.readSymbolicLink(file)));
    }
    if (attributes.isDirectory()) {
      return new Item(path, Kind.DIRECTORY, FileModes.of(file), "");
    }
    return attributes.isRegularFile()
        ? new Item(path, Kind.FILE, FileModes.of(file), "")
        : new Item(path, Kind.SPECIAL, Item.NO_MODE, "");
  }
}
