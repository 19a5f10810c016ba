package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What follows the commit in the targets; may be run again after a crash. */
final class Finish {
  private final Header header;
  private final Placement placement;
  private final SetAside setAside;
  private final Set<Path> foreign = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final List<LateWrite> lateWrites = new ArrayList<>();

  Finish(Header header, Placement placement, SetAside setAside) {
    this.header = header;
    this.placement = placement;
    this.setAside = setAside;
  }

  /** Files that were to be deleted but had been changed, and stay. */
  Set<Path> foreign() {
    return foreign;
  }

  /** What was written to replaced files, so far; set aside. */
  List<LateWrite> lateWrites() {
    return lateWrites;
  }

  /**
   * A program's write to a file that had been replaced, or its open descriptor.
   *
   * @param live the place that the file had
   * @param kept where its content is now
   */
  record LateWrite(Path live, Path kept) {}

  /** What people should know; sentences. */
  List<String> notes() {
    return notes;
  }

  /** Deletes what is to be deleted, settings first: a rename into the transaction's folder. */
  void delete(List<Step> steps) throws IOException {
    List<Step> deletions =
        steps.stream().filter(Step::isDeletion).sorted(Step.forward(header.targets())).toList();
    ClosedDirectories.openForDeletions(steps);
    boolean settingsForced = deletions.stream().noneMatch(s -> s.isSettings(header.targets()));
    for (Step step : deletions) {
      if (!settingsForced && !step.isSettings(header.targets())) {
        // After a power cut too, no settings are to be there without what they name.
        Touched.force(header, deletions);
        settingsForced = true;
      }
      if (step.operation() == Step.Operation.DELETE) {
        deleteFile(step);
      } else {
        deleteDirectory(step);
      }
    }
    ClosedDirectories.closeAfterDeletions(steps);
    Touched.force(header, deletions);
  }

  /**
   * Compares what is going to be thrown away with what it has to be: a program that had the file
   * open may have written to it after it was replaced. One that still has it open may yet do so:
   * then the file itself is set aside.
   *
   * @param committed whether the old sides go, or after an undo the new ones
   */
  void saveLateWrites(List<Step> steps, boolean committed) throws IOException {
    List<Step> replaced =
        steps.stream()
            .filter(
                step ->
                    step.operation() == Step.Operation.REPLACE
                        || step.operation() == Step.Operation.DELETE && committed
                        || step.operation() == Step.Operation.CREATE && !committed)
            .toList();
    if (replaced.isEmpty()) {
      return;
    }
    try (Parallel parallel = Parallel.on(replaced.getFirst().staged())) {
      parallel.inOrder(replaced, step -> late(step, committed), this::saveLateWrites);
    }
  }

  /** What may have been written late to one of the two places of a step. */
  private record Late(Step step, Path place, boolean expected, boolean open) {}

  private List<Late> late(Step step, boolean committed) throws IOException {
    List<Late> late = new ArrayList<>();
    for (Path place : new LinkedHashSet<>(List.of(step.staged(), step.aside()))) {
      // Asked first: what nobody has open, and nobody finds any more, stays as it is compared.
      boolean open = placement.isOpenForWriting(place);
      Seen seen = Seen.at(place);
      boolean expected =
          seen.isAbsent()
              || seen.hasContentOf(step.before())
              || !committed && seen.hasContentOf(step.after());
      if (open || !expected) {
        late.add(new Late(step, place, expected, open));
      }
    }
    return late;
  }

  private void saveLateWrites(List<Late> found) throws IOException {
    for (Late late : found) {
      Path saved = setAside.adopt(header, late.step(), late.place());
      lateWrites.add(new LateWrite(late.step().live(), saved));
      notes.add(late.step().live() + ": " + lateWrite(late, saved));
    }
  }

  private static String lateWrite(Late late, Path saved) throws IOException {
    String wrote =
        late.expected()
            ? "another program has the file that was replaced open for writing; it is kept as "
            : "another program wrote to the file that was replaced; its version is in ";
    return late.open() && !Files.isSameFile(saved, late.place())
        ? wrote + saved + ", but not what is written from now on"
        : wrote + saved;
  }

  private void deleteFile(Step step) throws IOException {
    Seen live = Seen.at(step.live());
    if (live.isAbsent()) {
      return;
    }
    if (!live.is(step.before())) {
      stays(step);
      return;
    }
    Placement.makeParents(step.aside());
    try {
      placement.move(step.live(), step.aside(), step, header);
    } catch (NoSuchFileException e) {
      return;
    } catch (FileAlreadyExistsException e) {
      stays(step); // Deleted before, and made anew by somebody.
      return;
    }
    if (!Seen.at(step.aside()).is(step.before())) {
      putBack(step);
    }
  }

  private void putBack(Step step) throws IOException {
    stays(step);
    try {
      placement.move(step.aside(), step.live(), step, header);
    } catch (FileAlreadyExistsException e) {
      setAside.keep(header, step, step.aside());
    }
  }

  private void deleteDirectory(Step step) throws IOException {
    if (!Presence.isDirectory(step.live(), LinkOption.NOFOLLOW_LINKS)
        || !(step.before() instanceof EntryState.Directory)) {
      return;
    }
    try {
      FileWrites.delete(step.live());
    } catch (DirectoryNotEmptyException e) {
      // What is in it belongs to somebody, so the directory stays.
    } catch (NoSuchFileException e) {
      // Gone, as wanted.
    }
  }

  private void stays(Step step) {
    foreign.add(step.live());
    notes.add(step.live() + ": not deleted, since another program changed it");
  }
}
