package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.transaction.Step.Side;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings the old side of every entry back. It looks at what is live and asks nothing of how far the
 * swap had come, so it may be run again and again; a foreign change stays live.
 */
final class Undo {
  private final Header header;
  private final Placement placement;
  private final SetAside setAside;
  private final Set<Path> foreign = new LinkedHashSet<>();

  Undo(Header header, Placement placement, SetAside setAside) {
    this.header = header;
    this.placement = placement;
    this.setAside = setAside;
  }

  /** Files that somebody else changed, so far; they were left alone. */
  Set<Path> foreign() {
    return foreign;
  }

  /**
   * Undoes all steps, also where one fails, and forces the directories.
   *
   * @throws IOException the first failure, or an unchecked one; what could be undone is
   */
  void run(List<Step> steps) throws IOException {
    Failures failures = new Failures();
    for (Step step : steps) {
      failures.collect(() -> ClosedDirectories.openMade(step));
    }
    boolean settingsForced = steps.stream().noneMatch(s -> s.isSettings(header.targets()));
    for (Step step : steps.stream().sorted(Step.backward(header.targets())).toList()) {
      if (!settingsForced && step.isOfferedToSettings(header.targets())) {
        // After a power cut too, the new settings must not be there without what they name.
        settingsForced = failures.collect(() -> Touched.force(header, steps));
      }
      if (settingsForced || !step.isOfferedToSettings(header.targets())) {
        failures.collect(() -> placement.reserve().spend(() -> undo(step)));
      }
    }
    failures.throwFirst();
    Touched.force(header, steps);
  }

  void undo(Step step) throws IOException {
    switch (step.operation()) {
      case REPLACE -> replaced(step);
      case OVERWRITE -> overwritten(step);
      case CREATE -> created(step);
      case MAKE_DIRECTORY -> directory(step);
      case CHANGE_MODE -> mode(step);
      case DELETE, DELETE_DIRECTORY -> deleted(step);
    }
  }

  /**
   * Deletions wait for the commit, so nothing was done; unless the disk lost the commit's record
   * after that, as the last one of a journal that looks torn.
   */
  private void deleted(Step step) throws IOException {
    if (Placement.exists(step.aside()) && Seen.at(step.live()).isAbsent()) {
      placeOld(step, step.aside());
    }
  }

  private void replaced(Step step) throws IOException {
    switch (step.side(Seen.at(step.live()))) {
      case OLD -> {
        // Never swapped, or back already.
      }
      case NEW -> bringBack(step);
      case ABSENT -> {
        // Both sides put away is the middle of a rename; with one of them, somebody deleted the
        // file.
        if (Placement.exists(step.aside()) && Placement.exists(step.staged())) {
          boolean oldIsAside = step.side(Seen.at(step.aside())) != Side.NEW;
          placeOld(step, oldIsAside ? step.aside() : step.staged());
        } else {
          leave(step);
        }
      }
      case FOREIGN -> leave(step);
    }
  }

  private void overwritten(Step step) throws IOException {
    if (!InPlace.isOurs(step)) {
      leave(step);
      return;
    }
    InPlace.bringBack(step);
    if (!Seen.at(step.live()).hasContentOf(step.before())) {
      leave(step);
    }
  }

  private void bringBack(Step step) throws IOException {
    Path old = Placement.exists(step.aside()) ? step.aside() : step.staged();
    if (placement.canExchange(step, header)) {
      placement.exchange(old, step.live());
      if (step.side(Seen.at(old)) != Side.NEW) {
        giveBack(step, old);
      }
      return;
    }
    Path free = old.equals(step.staged()) ? step.aside() : step.staged();
    Placement.makeParents(free);
    placement.move(step.live(), free, step, header);
    if (step.side(Seen.at(free)) == Side.NEW) {
      placeOld(step, old);
    } else {
      moveBack(step, free);
    }
  }

  /**
   * What came out is not what was put in: somebody wrote between the look and the exchange. Theirs
   * is live again, unless there is something newer by now.
   */
  private void giveBack(Step step, Path theirs) throws IOException {
    if (step.side(Seen.at(step.live())) == Side.OLD) {
      placement.exchange(theirs, step.live());
    }
    leave(step);
  }

  /** The same where nothing can be exchanged. */
  private void moveBack(Step step, Path theirs) throws IOException {
    try {
      placement.move(theirs, step.live(), step, header);
    } catch (FileAlreadyExistsException e) {
      // Something newer still; theirs is kept beside, as the old one is.
    }
    leave(step);
  }

  private void placeOld(Step step, Path old) throws IOException {
    try {
      placement.move(old, step.live(), step, header);
    } catch (FileAlreadyExistsException e) {
      foreign.add(step.live()); // Somebody was faster; theirs is live.
      setAside.keep(header, step, old);
    }
  }

  /** A foreign change stays live; what it stands in the place of is kept beside. */
  private void leave(Step step) throws IOException {
    foreign.add(step.live());
    for (Path place : new LinkedHashSet<>(List.of(step.staged(), step.aside()))) {
      Seen seen = Seen.at(place);
      if (!seen.isAbsent() && step.side(seen) != Side.NEW) {
        setAside.keep(header, step, place);
      }
    }
  }

  private void created(Step step) throws IOException {
    Side side = step.side(Seen.at(step.live()));
    boolean waits = Placement.exists(step.staged());
    if (side == Side.FOREIGN && !waits) {
      foreign.add(step.live());
    }
    if (side != Side.NEW) {
      return;
    }
    if (waits
        && !Seen.inode(step.live()).equals(step.newInode())
        && !(step.after() instanceof EntryState.Link)) {
      return; // Ours never left: somebody made an equal file, which is theirs.
    }
    boolean twoNames = waits && step.after() instanceof EntryState.Regular;
    Path free = waits && !twoNames ? step.aside() : step.staged();
    Placement.makeParents(free);
    placement.move(step.live(), free, step, header);
    if (step.side(Seen.at(free)) != Side.NEW) {
      foreign.add(step.live());
      putForeignBack(step, free);
    }
  }

  private void putForeignBack(Step step, Path theirs) throws IOException {
    try {
      placement.move(theirs, step.live(), step, header);
    } catch (FileAlreadyExistsException e) {
      setAside.keep(header, step, theirs);
    }
  }

  private void directory(Step step) throws IOException {
    boolean moved = !Placement.exists(step.staged());
    if (!moved || !Presence.isDirectory(step.live(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!step.newInode().isEmpty() && !step.newInode().equals(Seen.inode(step.live()))) {
      return; // Another directory than ours.
    }
    try {
      FileWrites.delete(step.live());
    } catch (DirectoryNotEmptyException e) {
      // Somebody put something in; it is theirs now.
    } catch (NoSuchFileException e) {
      // Gone, as wanted.
    }
  }

  private void mode(Step step) throws IOException {
    if (step.side(Seen.at(step.live())) == Side.NEW
        && step.before() instanceof EntryState.Directory old) {
      FileWrites.setMode(step.live(), old.mode());
    }
  }
}
