package dev.stravinsky.update;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.TransactionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What follows a decided transaction outside of the targets: the new version's backup is published,
 * the version noted, the trail written. Each step may be done again after a crash.
 */
final class VersionCompletion implements Completion {
  /** Attributes of a transaction in the journal. */
  static final String FROM = "from_version";

  static final String TO = "to_version";

  /** The backup that holds the state before. */
  static final String BEFORE = "backup_before";

  /** The backup whose state is restored; absent for an update, whose backup is pending. */
  static final String RESTORED = "backup_restored";

  /** The words of a guarded program, without secrets. */
  static final String COMMAND = "command";

  /** The transaction that an undo takes back. */
  static final String UNDOES = "undoes";

  /** The detail of a late write's event that says where it is. */
  private static final String LATE_WRITE_KEPT = "kept";

  private static final int MARK_DIGITS = 12;
  private static final int NAMED_FILES = 20;

  private final Services services;
  private Optional<BackupId> saved;
  private List<Problem> cause = List.of();
  private Map<String, String> more = Map.of();
  private final SetAsideFiles aside;

  VersionCompletion(Services services) {
    this(services, Optional.empty());
  }

  /**
   * For a transaction that a crash interrupted.
   *
   * @param saved the backup of what somebody wrote since
   */
  VersionCompletion(Services services, Optional<BackupId> saved) {
    this.services = services;
    this.saved = saved;
    this.aside = new SetAsideFiles(services);
  }

  /** What of the release waits for a person, once it is committed. */
  SetAsideFiles aside() {
    return aside;
  }

  /** Why the transaction is going to be undone. */
  void because(List<Problem> problems) {
    cause = List.copyOf(problems);
  }

  /** The backup of what was there instead of what came back. */
  void saved(BackupId backup) {
    saved = Optional.of(backup);
  }

  /** What else its event tells. */
  void telling(Map<String, String> details) {
    more = Map.copyOf(details);
  }

  @Override
  public void committed(TransactionRecord transaction) throws IOException {
    Optional<Backup> published = services.backups().publish(transaction.id());
    if (transaction.kind().equals(Kinds.UPDATE)) {
      Version installed = new Version(transaction.attributes().get(TO));
      services.releases().publish(transaction.id(), installed);
    }
    noteVersion(transaction, published.map(Backup::id));
    aside.of(transaction);
    services
        .audit()
        .append(event(transaction, "COMMITTED", success(transaction), EventStatus.SUCCESS));
  }

  @Override
  public void lateWrite(TransactionRecord transaction, Path live, Path kept) throws IOException {
    String mark = Sha256.of(kept.toString().getBytes(StandardCharsets.UTF_8)).hex();
    services
        .audit()
        .append(
            EventDraft.of(
                    transaction.id() + "-LATE_WRITE-" + mark.substring(0, MARK_DIGITS),
                    EventType.LATE_WRITE,
                    EventStatus.SUCCESS,
                    transaction.scope().key())
                .withVersions(transaction.attributes().get(FROM), transaction.attributes().get(TO))
                .withDetails(Map.of("file", live.toString(), LATE_WRITE_KEPT, kept.toString())));
  }

  @Override
  public void undone(TransactionRecord transaction) throws IOException {
    services.backups().discardPending(transaction.id());
    services.releases().discardPending(transaction.id());
    EventType type = transaction.recovered() ? EventType.CRASH_RECOVERED : undoneType(transaction);
    EventStatus status =
        cause.isEmpty() && !transaction.recovered() ? EventStatus.FAILED : EventStatus.ROLLED_BACK;
    services.audit().append(event(transaction, "UNDONE", type, status));
  }

  private void noteVersion(TransactionRecord transaction, Optional<BackupId> published)
      throws IOException {
    Map<String, String> attributes = transaction.attributes();
    switch (transaction.kind()) {
      case Kinds.UNDO -> services.installed().pop(transaction.scope(), attributes.get(UNDOES));
      case Kinds.UPDATE, Kinds.ROLLBACK -> {
        BackupId installed =
            published.orElseGet(
                () -> new BackupId(attributes.getOrDefault(RESTORED, attributes.get(TO))));
        services
            .installed()
            .push(
                transaction.scope(),
                new VersionChange(
                    transaction.id(),
                    new Version(attributes.get(FROM)),
                    new Version(attributes.get(TO)),
                    new BackupId(attributes.get(BEFORE)),
                    installed,
                    transaction.started()));
      }
      default -> {
        // A recovery brings files back and leaves the version as it is, and so does a guard.
        return;
      }
    }
    HeldBack.changed(services, transaction);
  }

  private EventDraft event(
      TransactionRecord transaction, String state, EventType type, EventStatus status) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("files", String.valueOf(transaction.files().size()));
    details.put("operation", transaction.kind());
    Optional.ofNullable(transaction.attributes().get(BEFORE))
        .ifPresent(before -> details.put("backup", before));
    Optional.ofNullable(transaction.attributes().get(RESTORED))
        .ifPresent(restored -> details.put("restored", restored));
    Optional.ofNullable(transaction.attributes().get(COMMAND))
        .ifPresent(command -> details.put("command", command));
    details.putAll(more);
    if (transaction.kind().equals(Kinds.RECOVERY)) {
      details.put("paths", paths(transaction.files()));
    }
    if (transaction.recovered()) {
      details.put("recovered", "true");
    }
    saved.ifPresent(backup -> details.put("saved", backup.value()));
    if (type == EventType.AUTO_ROLLBACK) {
      details.put("held", transaction.attributes().get(TO));
    }
    EventDraft draft =
        EventDraft.of(transaction.id() + "-" + state, type, status, transaction.scope().key())
            .withVersions(transaction.attributes().get(FROM), transaction.attributes().get(TO))
            .withDetails(details);
    if (!transaction.recovered()) {
      // After a crash the time in between says nothing of the work.
      draft =
          draft.withDuration(
              Duration.between(transaction.started(), services.environment().clock().instant()));
    }
    return cause.isEmpty()
        ? draft
        : draft.withError(cause.stream().map(Problem::located).collect(Collectors.joining("; ")));
  }

  /** The first files; a recovery of everything may have any number. */
  private static String paths(List<Path> files) {
    String named =
        files.stream().limit(NAMED_FILES).map(Path::toString).collect(Collectors.joining(", "));
    return files.size() > NAMED_FILES ? named + ", ..." : named;
  }

  private static EventType success(TransactionRecord transaction) {
    return switch (transaction.kind()) {
      case Kinds.UPDATE -> EventType.UPDATE_SUCCESS;
      case Kinds.ROLLBACK, Kinds.UNDO -> EventType.MANUAL_ROLLBACK;
      case Kinds.GUARD -> EventType.GUARD_SUCCESS;
      default -> EventType.RECOVERY_ATTEMPT;
    };
  }

  private EventType undoneType(TransactionRecord transaction) {
    if (transaction.kind().equals(Kinds.GUARD)) {
      return EventType.GUARD_FAILED;
    }
    if (!transaction.kind().equals(Kinds.UPDATE)) {
      return success(transaction);
    }
    return cause.isEmpty() ? EventType.UPDATE_FAILED : EventType.AUTO_ROLLBACK;
  }

  /** The kinds of transactions as the journal keeps them. */
  static final class Kinds {
    static final String UPDATE = "update";
    static final String ROLLBACK = "rollback";
    static final String UNDO = "undo";
    static final String RECOVERY = "recovery";

    /** A program that is not ours, from before it runs until what it did is decided. */
    static final String GUARD = "guard";

    /** Files that such a program changed come back; within the other. */
    static final String GUARD_UNDO = "guard-undo";

    private Kinds() {}
  }
}
