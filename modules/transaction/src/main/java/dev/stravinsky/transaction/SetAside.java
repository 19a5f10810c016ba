package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps what somebody else wrote where a person finds it. */
final class SetAside {
  private final Conflicts conflicts;

  SetAside(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  /** Copies it to the conflicts, under another name where the step's own holds something else. */
  Path keep(Header header, Step step, Path content) throws IOException {
    Target target = header.targets().get(step.target());
    EntryPath path = free(header, step, content);
    return conflicts.setAside(header.conflictVersion(), target, path, content).theirs();
  }

  /** The same with the file itself where that is possible; its name here is removed next. */
  Path adopt(Header header, Step step, Path file) throws IOException {
    Target target = header.targets().get(step.target());
    EntryPath path = free(header, step, file);
    return conflicts.adopt(header.conflictVersion(), target, path, file).theirs();
  }

  private EntryPath free(Header header, Step step, Path content) throws IOException {
    Version version = header.conflictVersion();
    Target target = header.targets().get(step.target());
    EntryPath path = step.path();
    for (int i = 2; isTaken(version, target, path, content); i++) {
      path = new EntryPath(step.path().encoded() + "~" + i);
    }
    return path;
  }

  private boolean isTaken(Version version, Target target, EntryPath path, Path content)
      throws IOException {
    Optional<Conflict> there = conflicts.find(version, target, path);
    return there.isPresent() && !isCopy(there.get().theirs(), content);
  }

  /** Copies are private, so their modes say nothing. */
  private static boolean isCopy(Path kept, Path content) throws IOException {
    Seen there = Seen.at(kept);
    return Seen.at(content).state().filter(there::hasContentOf).isPresent();
  }
}
