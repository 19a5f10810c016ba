package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Somebody's own configuration as it was when it was read, without its secrets. The original is
 * only read, and never again.
 */
public final class ConfigurationCopy {
  /** So many of the user's own files are also released, and changed by the second release. */
  private static final int RELEASED = 6;

  private static final String BESIDE = "dotfiles";

  private final Path origin;
  private final SortedMap<EntryPath, Entry> entries;
  private final List<String> leftOut;

  ConfigurationCopy(Path origin, SortedMap<EntryPath, Entry> entries, List<String> leftOut) {
    this.origin = origin;
    this.entries = entries;
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads the targets in a folder as Claude Code's: hooks, commands, agents, skills, rules, output
   * styles, {@code CLAUDE.md} and settings. Links that lead out of it are read at their end.
   *
   * @throws IOException if anything of it cannot be read
   */
  public static ConfigurationCopy of(Path folder) throws IOException {
    return new Copying(folder).copy();
  }

  /** Where it was read. */
  public Path origin() {
    return origin;
  }

  /** How many files, folders and links it has. */
  public int size() {
    return entries.size();
  }

  /** What was too large to be had in each of thousands of sandboxes, or is no file; by name. */
  public List<String> leftOut() {
    return leftOut;
  }

  /**
   * Puts it into an empty sandbox as the user's own, and a few of its files into the releases
   * there, so that the second one changes them.
   */
  public void into(Sandbox sandbox) throws IOException {
    int number = 0;
    for (Map.Entry<EntryPath, Entry> each : entries.entrySet()) {
      Path place = each.getKey().resolveIn(sandbox.claude());
      if (each.getValue() instanceof Entry.Outward out) {
        number++;
        Path end = sandbox.userHome().resolve(BESIDE).resolve("elsewhere" + number);
        for (Map.Entry<EntryPath, Entry> below : out.end().entrySet()) {
          Written.write(below.getValue(), below.getKey().resolveIn(end), end);
        }
        Written.link(place, place.getParent().relativize(end));
      } else {
        Written.write(each.getValue(), place, sandbox.claude());
      }
    }
    Written.setModes(entries, sandbox.claude());
    release(sandbox);
  }

  private void release(Sandbox sandbox) throws IOException {
    List<EntryPath> releasable =
        entries.entrySet().stream().filter(Released::canBe).map(Map.Entry::getKey).toList();
    for (int i = 0; i < RELEASED && i < releasable.size(); i++) {
      int which = (int) ((long) i * releasable.size() / RELEASED);
      int distinct = releasable.size() <= RELEASED ? i : which;
      EntryPath path = releasable.get(distinct);
      if (entries.get(path) instanceof Entry.Content content) {
        Released.into(sandbox, path, content);
      }
    }
  }
}
