package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.util.List;

/** What archives have in common once their entries are known. */
abstract class ArchiveContents implements Contents {
  private final List<Item> items;

  ArchiveContents(List<Item> items) {
    this.items = items;
  }

  @Override
  public final List<Item> children(EntryPath folder) {
    return items.stream().filter(i -> i.path().parent().equals(folder)).toList();
  }

  @Override
  public final List<Item> below(EntryPath folder) {
    return items.stream()
        .filter(i -> i.path().startsWith(folder) && !i.path().equals(folder))
        .toList();
  }
}
