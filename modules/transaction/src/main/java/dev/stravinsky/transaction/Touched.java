package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.Durable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The directories whose names a transaction changes. */
final class Touched {
  private Touched() {}

  /** Forces them: those of the live entries, and those of the other sides. */
  static void force(Header header, List<Step> steps) throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step.after() instanceof EntryState.Directory) {
        directories.add(step.live()); // Its mode.
      }
      directories.add(step.live().getParent());
      directories.add(step.staged().getParent());
      directories.add(step.aside().getParent());
    }
    for (Path base : header.bases()) {
      directories.add(header.folder(base));
    }
    for (Path each : directories) {
      if (Presence.isDirectory(each)) {
        Durable.forceDirectory(each);
      }
    }
  }
}
