package dev.stravinsky.transaction;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.files.Reserve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a transaction ends, in its own process or in a later one that found its journal. Everything
 * here may be done again.
 */
final class Ending {
  private final Header header;
  private final SwapJournal journal;
  private final Staging staging;
  private final Completion completion;
  private final Reserve reserve;
  private final Undo undo;
  private final Finish finish;

  Ending(
      Header header,
      SwapJournal journal,
      Staging staging,
      Placement placement,
      SetAside setAside,
      Completion completion) {
    this.header = header;
    this.journal = journal;
    this.staging = staging;
    this.completion = completion;
    this.reserve = placement.reserve();
    this.undo = new Undo(header, placement, setAside);
    this.finish = new Finish(header, placement, setAside);
  }

  /** Files that somebody else changed and that were left alone. */
  Set<Path> foreign() {
    Set<Path> all = new LinkedHashSet<>(undo.foreign());
    all.addAll(finish.foreign());
    return all;
  }

  /** What people should know; sentences. */
  List<String> notes() {
    return new ArrayList<>(finish.notes());
  }

  /** After the commit record: deletions, the completion, the folders, the journal. */
  void committed(List<Step> steps, boolean recovered) throws IOException {
    reserve.spend(() -> finish.delete(steps));
    reserve.spend(() -> finish.saveLateWrites(steps, true));
    TransactionRecord record = header.record(State.COMMITTED, steps, recovered);
    tellLateWrites(record);
    reserve.spend(() -> completion.committed(record));
    removeFolders();
    close();
  }

  /**
   * Exchanges everything back; the journal says nothing of it yet.
   *
   * @throws RollbackFailedException if that failed; both sides stay on disk
   */
  void undo(List<Step> steps) {
    try {
      undo.run(steps);
    } catch (IOException e) {
      throw failed(header, e);
    }
  }

  /** After {@link #undo}: the record, the folders, the completion, the journal. */
  void undone(List<Step> steps, boolean recovered) throws IOException {
    journal.append(JournalCodec.reached(State.UNDONE), reserve);
    afterUndone(steps, recovered);
  }

  /** What follows the record of the undoing. */
  void afterUndone(List<Step> steps, boolean recovered) throws IOException {
    reserve.spend(() -> finish.saveLateWrites(steps, false));
    TransactionRecord record = header.record(State.UNDONE, steps, recovered);
    tellLateWrites(record);
    // What was staged goes first: on a full disk it is the space for what is left to be told.
    removeFolders();
    reserve.spend(() -> completion.undone(record));
    close();
  }

  private void tellLateWrites(TransactionRecord record) throws IOException {
    for (Finish.LateWrite each : finish.lateWrites()) {
      reserve.spend(() -> completion.lateWrite(record, each.live(), each.kept()));
    }
  }

  /** The undoing failed: a person has to act, and finds both sides. */
  static RollbackFailedException failed(Header header, Exception cause) {
    Problem problem =
        cause instanceof IOException io && !header.bases().isEmpty()
            ? IoProblems.of(io, header.bases().getFirst())
            : Problem.of(ErrorKind.UNKNOWN, sentence(cause));
    return new RollbackFailedException(
        new Problem(
            problem.kind(),
            "undoing the change failed: " + problem.message(),
            problem.file(),
            problem.line(),
            Optional.of("both sides of every file are on disk, and the journal " + header.id()),
            Optional.of("stravinsky recovery emergency")),
        cause);
  }

  static String sentence(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void removeFolders() throws IOException {
    staging.close();
    Staging.remove(header);
  }

  private void close() throws IOException {
    journal.append(JournalCodec.reached(State.CLEAN), reserve);
    journal.remove();
  }
}
