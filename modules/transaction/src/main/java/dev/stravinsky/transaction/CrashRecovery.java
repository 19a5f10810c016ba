package dev.stravinsky.transaction;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.files.Reserve;
import dev.stravinsky.transaction.Step.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends a transaction whose process is gone, by its journal and by what is live. */
final class CrashRecovery {
  private final PlatformFiles platform;
  private final Conflicts conflicts;
  private final Reserve reserve;

  CrashRecovery(PlatformFiles platform, Conflicts conflicts, Reserve reserve) {
    this.platform = platform;
    this.conflicts = conflicts;
    this.reserve = reserve;
  }

  /** Finishes it if its commit record is there, undoes it otherwise. */
  Recovered recover(Path journalFile, Completion completion) throws IOException {
    try (SwapJournal journal = SwapJournal.open(journalFile)) {
      JournalContent content = JournalCodec.decode(SwapJournal.read(journalFile), journalFile);
      Header header = content.header();
      Placement placement = new Placement(platform, reserve);
      try (Staging staging = new Staging(header, platform, placement, false)) {
        Ending ending =
            new Ending(header, journal, staging, placement, new SetAside(conflicts), completion);
        boolean finished = end(content, ending, journal);
        TransactionRecord record =
            header.record(finished ? State.COMMITTED : State.UNDONE, content.steps(), true);
        return new Recovered(
            record, finished, List.copyOf(ending.foreign()), ending.notes(), Optional.empty());
      }
    }
  }

  /** What is live and neither side of its step; nothing where nothing is going to be undone. */
  List<Path> writtenSince(Path journalFile) throws IOException {
    JournalContent content = JournalCodec.decode(SwapJournal.read(journalFile), journalFile);
    List<Path> written = new ArrayList<>();
    if (content.wasCommitted() || content.reached() == State.UNDONE) {
      return written;
    }
    requireBases(content);
    for (Step step : content.steps()) {
      if (isWritten(step)) {
        written.add(step.live());
      }
    }
    return written;
  }

  private static boolean isWritten(Step step) throws IOException {
    return switch (step.operation()) {
      case REPLACE -> step.side(Seen.at(step.live())) == Side.FOREIGN;
      case CREATE ->
          step.side(Seen.at(step.live())) == Side.FOREIGN && !Placement.exists(step.staged());
      case OVERWRITE -> Placement.exists(step.live()) && !InPlace.isOurs(step);
      // What is to be deleted was not touched yet, and directories have no content of their own.
      case DELETE, DELETE_DIRECTORY, MAKE_DIRECTORY, CHANGE_MODE -> false;
    };
  }

  /** True if the new state is in force. */
  private boolean end(JournalContent content, Ending ending, SwapJournal journal)
      throws IOException {
    requireBases(content);
    List<Step> steps = content.steps();
    switch (content.reached()) {
      case STAGING, PREPARED, SWAPPING, SWAPPED -> {
        if (content.reached() != State.STAGING) {
          requireFolders(content);
          requireMounts(content);
        }
        ending.undo(steps);
        ending.undone(steps, true);
      }
      case UNDONE -> ending.afterUndone(steps, true);
      case COMMITTED -> ending.committed(steps, true);
      case CLEAN -> journal.remove();
    }
    return content.wasCommitted();
  }

  /** The directories around the folders are nobody's to remove: without them a disk is missing. */
  private static void requireBases(JournalContent content) throws IOException {
    for (Path base : content.header().bases()) {
      if (!Presence.isDirectory(base)) {
        throw unreachable(content, base);
      }
    }
  }

  /** Before the end is decided nobody removes the folders; without them nothing can be told. */
  private static void requireFolders(JournalContent content) throws IOException {
    for (Path base : content.header().bases()) {
      if (!Presence.isDirectory(content.header().folder(base))) {
        throw unreachable(content, content.header().folder(base));
      }
    }
  }

  /** A file that was written in place and is mounted no more is another file by that name. */
  private void requireMounts(JournalContent content) throws IOException {
    if (content.reached() == State.PREPARED) {
      return; // Nothing was written yet.
    }
    for (Step step : content.steps()) {
      if (step.operation() == Step.Operation.OVERWRITE
          && !platform.mountPoints(step.live()).contains(step.live())) {
        throw unreachable(content, step.live());
      }
    }
  }

  private static StravinskyException unreachable(JournalContent content, Path missing) {
    String id = content.header().id();
    return new StravinskyException(
        ExitStatus.FAILED,
        Problem.of(
                ErrorKind.UNKNOWN,
                "the interrupted "
                    + content.header().kind()
                    + " "
                    + id
                    + " cannot be ended without what was mounted here")
            .inFile(missing)
            .leaving("nothing was changed")
            .next("stravinsky recovery emergency --abandon " + id));
  }
}
