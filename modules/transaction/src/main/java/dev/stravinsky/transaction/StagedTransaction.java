package dev.stravinsky.transaction;

import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A transaction of this process, from its staging to its end. */
final class StagedTransaction implements Transaction {
  private final Header header;
  private final SwapJournal journal;
  private final Staging staging;
  private final Placement placement;
  private final SetAside setAside;
  private final Completion completion;
  private final List<TargetView> result;
  private final List<String> unfinished = new ArrayList<>();
  private List<Planned> planned;
  private List<Step> steps;
  private State state = State.STAGING;
  private boolean over;

  StagedTransaction(
      Header header,
      SwapJournal journal,
      Staging staging,
      Placement placement,
      SetAside setAside,
      Completion completion,
      List<Planned> planned,
      List<TargetView> live)
      throws IOException {
    this.header = header;
    this.journal = journal;
    this.staging = staging;
    this.placement = placement;
    this.setAside = setAside;
    this.completion = completion;
    this.planned = planned;
    this.steps = planned.stream().map(Planned::step).toList();
    this.result = ResultViews.of(live, header.targets(), steps);
  }

  @Override
  public String id() {
    return header.id();
  }

  @Override
  public List<TargetView> result() {
    return result;
  }

  @Override
  public void swap() throws IOException {
    require(State.STAGING);
    try {
      prepare();
      reach(State.SWAPPING);
      Optional<Step> met = new Swap(header, placement, staging.forcing()).run(steps);
      if (met.isPresent()) {
        throw changed(met.get());
      }
      setTimesOfDirectories();
      reach(State.SWAPPED);
    } catch (IOException e) {
      throw undoneAfter(e);
    } catch (RuntimeException e) {
      throw undoneAfter(e);
    }
  }

  @Override
  public void commit() throws IOException {
    require(State.SWAPPED);
    try {
      reach(State.COMMITTED);
    } catch (IOException e) {
      throw undoneAfter(e);
    }
    over = true;
    Ending ending = ending();
    try {
      ending.committed(steps, false);
    } catch (IOException | RuntimeException e) {
      unfinished.add(
          "the new version is in force, but cleaning up after it failed ("
              + Ending.sentence(e)
              + "); the next command finishes it");
    }
    unfinished.addAll(ending.notes());
  }

  @Override
  public void undo() {
    if (over) {
      throw new IllegalStateException("transaction " + id() + " is over");
    }
    end(new LinkedHashSet<>());
  }

  @Override
  public List<String> unfinished() {
    return List.copyOf(unfinished);
  }

  @Override
  public void close() {
    if (!over) {
      end(new LinkedHashSet<>());
    }
  }

  /** Compares, forces what was staged, and records what recovery needs. */
  private void prepare() throws IOException {
    List<Path> changed = new ArrayList<>();
    List<Step> checked = new ArrayList<>();
    Ways ways = new Ways();
    for (Found found : found(planned)) {
      if (found.isNeedless()) {
        continue; // Somebody made the directory that was missing.
      }
      Step step = found.planned().step();
      Seen seen = found.seen();
      if (!seen.is(step.before()) || ways.refusal(root(step), step.live()).isPresent()) {
        changed.add(step.live());
      }
      checked.add(step.withInodes(seen.inode(), step.newInode()));
    }
    if (!changed.isEmpty()) {
      throw new ConcurrentChangeException(changed);
    }
    steps = List.copyOf(checked);
    planned = planned.stream().filter(StagedTransaction::isTimedDirectory).toList();
    staging.keepOld(steps);
    staging.forcing().force();
    for (byte[] record : JournalCodec.prepared(steps)) {
      journal.append(record, placement.reserve());
    }
    state = State.PREPARED;
  }

  /** What is live where a step is planned. */
  private record Found(Planned planned, Seen seen) {
    boolean isNeedless() {
      return planned.change().isEmpty() && seen.isDirectory();
    }
  }

  private static List<Found> found(List<Planned> planned) throws IOException {
    List<Found> all = new ArrayList<>();
    if (planned.isEmpty()) {
      return all;
    }
    try (Parallel parallel = Parallel.on(planned.getFirst().step().live())) {
      parallel.inOrder(planned, p -> new Found(p, Seen.at(p.step().live())), all::add);
    }
    return all;
  }

  /**
   * Only now does nothing go into the new ones any more; no others are left of what was planned.
   */
  private void setTimesOfDirectories() throws IOException {
    for (Planned each : planned) {
      if (each.change().orElseThrow() instanceof Change.MakeDirectory directory) {
        FileWrites.setModified(each.step().live(), directory.modified().orElseThrow());
      }
    }
  }

  private Path root(Step step) {
    return header.targets().get(step.target()).root();
  }

  private static boolean isTimedDirectory(Planned planned) {
    return planned.step().operation() == Step.Operation.MAKE_DIRECTORY
        && planned.change().orElse(null) instanceof Change.MakeDirectory directory
        && directory.modified().isPresent();
  }

  private void reach(State next) throws IOException {
    journal.append(JournalCodec.reached(next), placement.reserve());
    state = next;
  }

  /** The step at which a foreign change was met goes first: theirs is to be live again at once. */
  private ConcurrentChangeException changed(Step met) throws IOException {
    Undo undo = new Undo(header, placement, setAside);
    placement.reserve().spend(() -> undo.undo(met));
    Set<Path> files = new LinkedHashSet<>(List.of(met.live()));
    files.addAll(undo.foreign());
    return new ConcurrentChangeException(List.copyOf(files));
  }

  private <E extends Exception> E undoneAfter(E failure) {
    try {
      Set<Path> foreign = new LinkedHashSet<>();
      if (failure instanceof ConcurrentChangeException concurrent) {
        foreign.addAll(concurrent.files());
      }
      end(foreign);
    } catch (RollbackFailedException e) {
      e.addSuppressed(failure);
      throw e;
    }
    return failure;
  }

  /** Undoes what was swapped, records it, runs the completion and removes what was staged. */
  private void end(Set<Path> known) {
    over = true;
    Ending ending = ending();
    try {
      repairJournal();
      ending.undo(state == State.STAGING ? List.of() : steps);
    } catch (RollbackFailedException e) {
      leaveJournal();
      throw e;
    } catch (IOException | RuntimeException e) {
      leaveJournal();
      throw Ending.failed(header, e);
    }
    try {
      ending.undone(steps, false);
    } catch (IOException | RuntimeException e) {
      leaveJournal();
      unfinished.add(
          "the old state is back, but cleaning up failed ("
              + Ending.sentence(e)
              + "); the next command finishes it");
    }
    ending.foreign().stream()
        .filter(file -> !known.contains(file))
        .forEach(
            file -> unfinished.add(file + ": changed by another program, whose version stays"));
    unfinished.addAll(ending.notes());
  }

  /** A commit record may be on the disk or not: it must be gone before anything is undone. */
  private void repairJournal() throws IOException {
    if (!journal.isSuspect()) {
      return;
    }
    try {
      placement.reserve().spend(journal::rewrite);
    } catch (IOException e) {
      if (state == State.SWAPPED) {
        journal.withdrawCommit();
      }
      // Before that no commit was tried: whatever a later command reads there, it undoes.
    }
  }

  private Ending ending() {
    return new Ending(header, journal, staging, placement, setAside, completion);
  }

  private void leaveJournal() {
    staging.close();
    try {
      journal.close();
    } catch (IOException e) {
      unfinished.add("the journal could not be closed: " + Ending.sentence(e));
    }
  }

  private void require(State expected) {
    if (over || state != expected) {
      throw new IllegalStateException("transaction " + id() + " is " + state + ", over: " + over);
    }
  }
}
