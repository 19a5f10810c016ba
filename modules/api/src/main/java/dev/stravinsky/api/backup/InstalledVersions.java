package dev.stravinsky.api.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is installed, per scope, and the changes that led there: {@code backups/latest.json}. Each
 * change is one durable replacement of that file; the journal's commit record outranks it.
 */
public interface InstalledVersions {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<InstalledVersions> {}

  /** The version in force; {@link Version#UNTRACKED} before the first release. */
  Version current(Scope scope) throws IOException;

  /** The changes that {@code undo} can take back, the last one first. */
  List<VersionChange> history(Scope scope) throws IOException;

  /** Appends a change; does nothing if the change of this transaction is there already. */
  void push(Scope scope, VersionChange change) throws IOException;

  /**
   * Takes the last change off the history: the version before it is in force again. Does nothing if
   * {@code undoneTransaction} is not the last change.
   */
  void pop(Scope scope, String undoneTransaction) throws IOException;

  /** Every version that is in force or in a history of any scope. */
  Set<Version> versionsInUse() throws IOException;

  /**
   * One change of version.
   *
   * @param before the backup that holds the state before the change
   * @param installed the backup that holds the state after it
   */
  record VersionChange(
      String transactionId,
      Version from,
      Version to,
      BackupId before,
      BackupId installed,
      Instant timestamp) {}
}
