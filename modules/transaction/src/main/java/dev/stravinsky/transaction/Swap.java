package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Brings the new side of every entry in, one by one, in the order that keeps settings true. */
final class Swap {
  private final Header header;
  private final Placement placement;
  private final Forcing forcing;

  Swap(Header header, Placement placement, Forcing forcing) {
    this.header = header;
    this.placement = placement;
    this.forcing = forcing;
  }

  /**
   * Swaps everything but what waits for the commit, and forces the directories.
   *
   * @return the step at which somebody else's change was met; what is live there is to be looked at
   *     by {@link Undo} first
   */
  Optional<Step> run(List<Step> steps) throws IOException {
    boolean namesForced = false;
    for (Step step : steps.stream().sorted(Step.forward(header.targets())).toList()) {
      if (!namesForced && step.isSettings(header.targets())) {
        // After a power cut too, all that the settings name is to be there.
        forcing.forceNames(steps);
        namesForced = true;
      }
      if (!step.isDeletion() && !swap(step)) {
        return Optional.of(step);
      }
    }
    for (Step step : steps) {
      ClosedDirectories.closeMade(step);
    }
    forcing.forceNames(steps);
    return Optional.empty();
  }

  /** False if somebody else changed the entry. */
  private boolean swap(Step step) throws IOException {
    return switch (step.operation()) {
      case MAKE_DIRECTORY -> makeDirectory(step);
      case CREATE -> place(step);
      case REPLACE -> replace(step);
      case OVERWRITE -> overwrite(step);
      case CHANGE_MODE -> changeMode(step);
      case DELETE, DELETE_DIRECTORY -> true;
    };
  }

  private boolean makeDirectory(Step step) throws IOException {
    // If somebody made it meanwhile it is not ours, which is all the same to what goes in.
    return place(step) || Presence.isDirectory(step.live(), LinkOption.NOFOLLOW_LINKS);
  }

  private boolean place(Step step) throws IOException {
    try {
      placement.move(step.staged(), step.live(), step, header);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean replace(Step step) throws IOException {
    if (placement.canExchange(step, header)) {
      return exchange(step);
    }
    try {
      placement.move(step.live(), step.aside(), step, header);
    } catch (NoSuchFileException e) {
      return false;
    }
    return Seen.at(step.aside()).is(step.before()) && place(step);
  }

  private boolean exchange(Step step) throws IOException {
    try {
      placement.exchange(step.staged(), step.live());
    } catch (NoSuchFileException e) {
      return false; // Deleted by somebody.
    }
    // Looking before proves nothing: only what came out tells whether somebody wrote in between.
    return Seen.at(step.staged()).is(step.before());
  }

  /** As near to the write as can be, and once more behind it: nothing else tells of others here. */
  private boolean overwrite(Step step) throws IOException {
    if (!Seen.at(step.live()).is(step.before())) {
      return false;
    }
    placement.reserve().spend(() -> InPlace.bringIn(step));
    return Seen.at(step.live()).is(step.after());
  }

  private static boolean changeMode(Step step) throws IOException {
    if (!Seen.at(step.live()).is(step.before())) {
      return false;
    }
    FileWrites.setMode(step.live(), ((EntryState.Directory) step.after()).mode());
    return true;
  }
}
