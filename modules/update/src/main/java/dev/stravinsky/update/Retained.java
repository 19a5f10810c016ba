package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.TransactionRecord;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept after an update, and what goes: old backups, and releases that are no merge base.
 */
final class Retained {
  private Retained() {}

  /** The update is done: what cannot be cleaned up is a warning. The caller holds the lock. */
  static Optional<Problem> cleanUp(Services services, Scope scope) {
    try {
      var backups = services.backups();
      backups.cleanUp(backups.planCleanup(scope, OptionalInt.empty()));
      Set<String> open =
          services.transactions().interrupted().stream()
              .map(TransactionRecord::id)
              .collect(Collectors.toSet());
      services.releases().retain(versions(services, scope), open);
      return Optional.empty();
    } catch (IOException e) {
      Problem problem = IoProblems.of(e, services.environment().home().directory());
      return Optional.of(
          Problem.of(problem.kind(), "old backups could not be cleaned up: " + problem.located())
              .next("stravinsky backup cleanup"));
    }
  }

  /** Every version in a history, and every one that a rollback of this scope could go to. */
  private static Set<Version> versions(Services services, Scope scope) throws IOException {
    Set<Version> versions = new HashSet<>(services.installed().versionsInUse());
    services.backups().list(scope).forEach(backup -> versions.add(backup.manifest().version()));
    return versions;
  }
}
