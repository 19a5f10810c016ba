package dev.stravinsky.report.page;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.backup.BackupStore.Listing;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.HeldVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the page says, as it was at one moment.
 *
 * @param events the newest first
 * @param scopes the user, and the project of the working directory if there is one
 */
record Facts(
    Instant now,
    String hostname,
    String home,
    Asked<List<AuditEvent>> events,
    Asked<TrailReport> trail,
    Asked<TrailStatistics> statistics,
    Asked<List<Conflict>> conflicts,
    Asked<List<TransactionRecord>> interrupted,
    List<ScopeFacts> scopes) {
  /** So many fit in a page that opens at once. */
  static final int MOST_EVENTS = 10_000;

  /**
   * One scope.
   *
   * @param health by backup, what the manifest's verification found
   * @param elsewhere folders that cannot be read as backups, and backups that are gone
   */
  record ScopeFacts(
      Scope scope,
      Asked<Version> version,
      Asked<HeldVersions> held,
      Asked<List<Backup>> backups,
      Map<Backup, Asked<VerificationReport>> health,
      Asked<List<Problem>> elsewhere) {

    /** Backups that are damaged, gone or unreadable, as far as is known. */
    long broken() {
      return health.values().stream().filter(each -> !isIntact(each)).count()
          + elsewhere.or(List.of()).size();
    }

    static boolean isIntact(Asked<VerificationReport> health) {
      return health instanceof Asked.Known<VerificationReport> known && known.value().intact();
    }
  }

  static Facts read(Services services) {
    List<Scope> scopes = new ArrayList<>(List.of(Scope.USER));
    Asked.of(services.targets()::currentProject).or(Optional.empty()).ifPresent(scopes::add);
    return new Facts(
        services.environment().clock().instant(),
        services.environment().hostname(),
        services.environment().home().directory().toString(),
        Asked.of(() -> services.audit().query(EventQuery.ALL.withLimit(MOST_EVENTS))),
        Asked.of(() -> services.audit().verify(Optional.empty())),
        Asked.of(() -> services.audit().statistics(Instant.EPOCH)),
        Asked.of(services.conflicts()::list),
        Asked.of(services.transactions()::interrupted),
        scopes.stream().map(scope -> read(services, scope)).toList());
  }

  private static ScopeFacts read(Services services, Scope scope) {
    BackupStore store = services.backups();
    Asked<Listing> found = Asked.of(() -> store.listing(scope));
    Asked<List<Backup>> backups = found.then(Listing::backups);
    Map<Backup, Asked<VerificationReport>> health = new LinkedHashMap<>();
    for (Backup backup : backups.or(List.of())) {
      health.put(
          backup,
          Asked.of(() -> store.verify(backup, new BackupStore.Depth.Manifest(), Progress.NONE)));
    }
    return new ScopeFacts(
        scope,
        Asked.of(() -> services.installed().current(scope)),
        Asked.of(() -> services.holds().of(scope)),
        backups,
        health,
        found.then(listing -> elsewhere(listing, store.missing(scope))));
  }

  private static List<Problem> elsewhere(Listing found, List<Problem> missing) {
    List<Problem> problems = new ArrayList<>(found.unreadable());
    problems.addAll(missing);
    return problems;
  }

  /** How many events the trail has; as many as were read where nobody can tell. */
  long eventCount() {
    return trail instanceof Asked.Known<TrailReport> known
        ? known.value().events()
        : events.or(List.of()).size();
  }
}
