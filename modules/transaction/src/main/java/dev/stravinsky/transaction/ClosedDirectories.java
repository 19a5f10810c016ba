package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Directories that their owner may not write to. Nothing can be brought into one, taken out of it,
 * nor can it be moved to another directory, which changes what {@code ..} is in it (rename(2)). So
 * each is open for as long as that takes, and gets its mode when it is over: one that is new
 * already at the end of the swap; one that something is deleted from when that is done. A crash in
 * between is mended by who ends the transaction: the modes are in the journal.
 */
final class ClosedDirectories {
  private static final int OWNER_MAY_FILL = 0300;

  private ClosedDirectories() {}

  static boolean isClosed(EntryState state) {
    return state instanceof EntryState.Directory directory
        && opened(directory.mode()) != directory.mode();
  }

  /** The mode for the time in which something is done in it. */
  static int opened(int mode) {
    return mode | OWNER_MAY_FILL;
  }

  /** Gives a new directory its mode, everything being in it. */
  static void closeMade(Step step) throws IOException {
    if (isMadeClosed(step) && isSame(step.live(), step.newInode())) {
      FileWrites.setMode(step.live(), mode(step.after()));
    }
  }

  /** Opens a new directory, so that what was brought in can be taken out. */
  static void openMade(Step step) throws IOException {
    if (isMadeClosed(step) && isSame(step.live(), step.newInode())) {
      FileWrites.setMode(step.live(), opened(mode(step.after())));
    }
  }

  /** Opens what the transaction deletes from, if it is about the directory too. */
  static void openForDeletions(List<Step> steps) throws IOException {
    for (Step step : steps) {
      if (isDeletedFrom(step, steps)) {
        FileWrites.setMode(step.live(), opened(mode(closed(step).orElseThrow())));
      }
    }
  }

  /** Closes again what is still there. */
  static void closeAfterDeletions(List<Step> steps) throws IOException {
    for (Step step : steps) {
      if (isDeletedFrom(step, steps)) {
        int mode = mode(closed(step).orElseThrow());
        if (FileModes.of(step.live()) == opened(mode)) {
          FileWrites.setMode(step.live(), mode);
        }
      }
    }
  }

  private static boolean isMadeClosed(Step step) {
    return step.operation() == Step.Operation.MAKE_DIRECTORY && isClosed(step.after());
  }

  private static boolean isDeletedFrom(Step step, List<Step> steps) throws IOException {
    return closed(step).isPresent()
        && steps.stream().anyMatch(s -> s.isDeletion() && step.live().equals(s.live().getParent()))
        && isSame(step.live(), step.oldInode());
  }

  /** What the directory is while the deletions are due, if it is closed then. */
  private static Optional<EntryState> closed(Step step) {
    return switch (step.operation()) {
      case CHANGE_MODE -> Optional.of(step.after()).filter(ClosedDirectories::isClosed);
      case DELETE_DIRECTORY -> Optional.of(step.before()).filter(ClosedDirectories::isClosed);
      default -> Optional.empty();
    };
  }

  private static boolean isSame(Path directory, String inode) throws IOException {
    return Presence.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && Seen.inode(directory).equals(inode);
  }

  private static int mode(EntryState state) {
    return ((EntryState.Directory) state).mode();
  }
}
