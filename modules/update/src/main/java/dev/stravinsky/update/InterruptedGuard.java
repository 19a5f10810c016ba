package dev.stravinsky.update;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A guard whose process is gone: what its program did is undone, unless it was committed. */
final class InterruptedGuard {
  private final Services services;
  private final TransactionRecord transaction;

  InterruptedGuard(Services services, TransactionRecord transaction) {
    this.services = services;
    this.transaction = transaction;
  }

  /**
   * Finishes it if it was committed; else puts the state before back.
   *
   * @throws StravinskyException if the program still runs: it would go on changing what was put
   *     back
   */
  Recovered end() throws IOException {
    VersionCompletion told = new VersionCompletion(services);
    if (transaction.state() == State.COMMITTED || transaction.damage().isPresent()) {
      return services.transactions().recover(transaction, told);
    }
    List<Path> roots = transaction.targets().stream().map(Target::root).toList();
    List<String> running = LeftBehind.of(services.environment(), transaction.id(), roots);
    if (!running.isEmpty()) {
      throw stillRunning(running);
    }
    GuardUndo undo = undo();
    Recovered recovered =
        services.transactions().recover(transaction, new GuardCompletion(told, undo));
    return recovered.with(undo.saved(), undo.notes().stream().map(Problem::located).toList());
  }

  private GuardUndo undo() throws IOException {
    String before = transaction.attributes().get(VersionCompletion.BEFORE);
    return new GuardUndo(
        services,
        transaction.scope(),
        transaction.targets(),
        Surroundings.from(transaction.attributes(), services.environment().home().directory()),
        services.backups().resolve(transaction.scope(), before));
  }

  private StravinskyException stillRunning(List<String> running) {
    return new StravinskyException(
        ExitStatus.LOCKED,
        Problem.of(
                ErrorKind.FILE_LOCKED,
                "the guard of \""
                    + transaction.attributes().getOrDefault(VersionCompletion.COMMAND, "")
                    + "\" was killed, and its command still runs: "
                    + String.join("; ", running))
            .leaving("nothing was changed")
            .next("end it, then type: stravinsky status"),
        null);
  }
}
