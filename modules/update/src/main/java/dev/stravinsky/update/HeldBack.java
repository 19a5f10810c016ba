package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Versions that failed here are not offered again, until they are installed all the same. */
final class HeldBack {
  private HeldBack() {}

  /** Holds a version that did not pass its checks; says why if it could not be noted. */
  static Optional<Problem> failed(
      Services services, Scope scope, Version version, List<Problem> problems) {
    try {
      Hold hold =
          new Hold(
              version,
              Cause.FAILED,
              services.environment().clock().instant(),
              problems.stream().findFirst().map(Problem::message));
      services.holds().failed(scope, hold);
      return Optional.empty();
    } catch (IOException | StravinskyException e) {
      return Optional.of(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "that " + version + " failed could not be noted: " + e.getMessage())
              .next("stravinsky hold " + version));
    }
  }

  /**
   * After a decided change of version: what was gone back from is held, what is in force is not.
   * May be done again.
   */
  static void changed(Services services, TransactionRecord transaction) throws IOException {
    Version from = new Version(transaction.attributes().get(VersionCompletion.FROM));
    Version to = new Version(transaction.attributes().get(VersionCompletion.TO));
    try {
      services.holds().installed(transaction.scope(), to);
      if (!from.equals(to) && !from.equals(Version.UNTRACKED) && goesBack(services, transaction)) {
        services
            .holds()
            .failed(
                transaction.scope(),
                new Hold(from, Cause.ROLLED_BACK, transaction.started(), Optional.empty()));
      }
    } catch (StravinskyException e) {
      // A damaged or newer list of held versions must not keep a decided change from its end: the
      // next update and status tell of it.
    }
  }

  private static boolean goesBack(Services services, TransactionRecord transaction)
      throws IOException {
    String to = transaction.attributes().get(VersionCompletion.TO);
    return switch (transaction.kind()) {
      case VersionCompletion.Kinds.UNDO -> true;
      // Versions have no order: back is where the scope came from.
      case VersionCompletion.Kinds.ROLLBACK ->
          services.installed().history(transaction.scope()).stream()
              .anyMatch(change -> change.from().value().equals(to));
      default -> false;
    };
  }
}
