package dev.stravinsky.api.backup;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes, finds, verifies and retires backups. A backup is complete or not there: it is built aside
 * under a hidden name and renamed when it is forced and read back.
 */
public interface BackupStore {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<BackupStore> {}

  /**
   * Backs up, forces, reads back, publishes. If the newest backup of the version has the same
   * content (and the reason is not {@link BackupReason#PRE_ROLLBACK} or {@link
   * BackupReason#PRE_RECOVERY}) that one is verified and returned.
   *
   * @throws IOException with nothing left behind, and every other backup as it was
   * @throws dev.stravinsky.api.error.DamagedException if what was read back is not what was written
   */
  default Backup create(BackupRequest request, Progress progress) throws IOException {
    try (Prepared prepared = prepare(request, progress)) {
      return prepared.publish();
    }
  }

  /**
   * Makes a backup as {@link #create} does, up to its publication. Nothing else may be made in the
   * store before it is published or closed. The same is thrown.
   */
  Prepared prepare(BackupRequest request, Progress progress) throws IOException;

  /** A backup that is whole, forced and read back, but hidden: a crash leaves nothing of it. */
  interface Prepared extends AutoCloseable {
    /** Makes it one of the backups; the trail has it then. */
    Backup publish() throws IOException;

    /** Throws away what was not published. */
    @Override
    void close() throws IOException;
  }

  /**
   * Like {@link #create}, but the backup stays hidden as the transaction's own until {@link
   * #publish}.
   */
  Backup createPending(String transactionId, BackupRequest request, Progress progress)
      throws IOException;

  /**
   * Makes the transaction's pending backup visible; does nothing if that was done before.
   *
   * @return the backup, empty if the transaction has none
   */
  Optional<Backup> publish(String transactionId) throws IOException;

  /** Removes the transaction's pending backup, if there is one. */
  void discardPending(String transactionId) throws IOException;

  /**
   * Removes what a kill left: half-built and half-deleted backups, and pending ones whose
   * transaction is not among the open ones. The caller holds the home's lock exclusively.
   */
  void sweep(Set<String> openTransactions) throws IOException;

  /** The scope's backups; costs the same whatever their size. */
  Listing listing(Scope scope) throws IOException;

  /** The scope's backups that can be read, newest first. */
  default List<Backup> list(Scope scope) throws IOException {
    return listing(scope).backups();
  }

  /** What is wrong with the others. */
  default List<Problem> unreadable(Scope scope) throws IOException {
    return listing(scope).unreadable();
  }

  /**
   * A scope's backups.
   *
   * @param backups those that can be read, newest first
   * @param unreadable what is wrong with folders that are named like backups of the scope but
   *     cannot be read as such: damaged manifests, newer formats; {@link #find} throws for them
   */
  record Listing(List<Backup> backups, List<Problem> unreadable) {
    public Listing {
      backups = List.copyOf(backups);
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * Backups of the scope that the trail says were made, of whose deletion it says nothing, and that
   * are not there.
   */
  List<Problem> missing(Scope scope) throws IOException;

  /**
   * Notes in the trail that those which are missing are gone, so that this is known from now on.
   */
  void noteMissing(Scope scope) throws IOException;

  Optional<Backup> find(Scope scope, BackupId id) throws IOException;

  /**
   * The backup of this id, or the newest intact backup of this version (which is verified for it).
   *
   * @throws NotFoundException naming the versions that there are
   * @throws dev.stravinsky.api.error.DamagedException if there are only damaged ones, naming the
   *     next older intact backup
   */
  Backup resolve(Scope scope, String versionOrId) throws IOException;

  /** Reads the backup as {@code depth} says; a mismatch counts only if seen on two reads. */
  VerificationReport verify(Backup backup, Depth depth, Progress progress) throws IOException;

  /**
   * Like {@link #verify}, and notes in the trail how it ended and how long it took. Where the trail
   * cannot be written that is kept for later: whoever asks for a backup's health gets an answer.
   */
  VerificationReport verifyOnRecord(Backup backup, Depth depth, Progress progress)
      throws IOException;

  /**
   * The newest backup of this id or version as far as it can be read, an intact one before all
   * others, one in quarantine last. A manifest that neither its checksum nor the trail confirms is
   * not believed: then the archives are read by their own headers, where the scope's targets are
   * now. Changes nothing; damage is told, not thrown.
   *
   * @throws NotFoundException if nothing of that name is there, not even in quarantine
   */
  Salvage salvage(Scope scope, String versionOrId) throws IOException;

  /**
   * The ids of the scope's damaged backups in quarantine and of those whose manifest cannot be
   * read: what {@link #salvage} can be asked for and {@link #list} does not name.
   */
  List<String> salvageable(Scope scope) throws IOException;

  /**
   * Moves the transaction's pending backup into quarantine, so that nothing sweeps it; for when
   * nobody knows whether the transaction was committed.
   *
   * @return where it is now, empty if there is none
   */
  Optional<Path> keepPending(String transactionId) throws IOException;

  /**
   * Whether anybody but the backup itself vouches for it: the trail has the checksum of its
   * manifest. False where the trail was off when it was made, and for one that was put there by
   * other means.
   */
  boolean isVouchedFor(Backup backup) throws IOException;

  /**
   * Moves a damaged backup out of the way, with its report beside it.
   *
   * @return where it is now
   */
  Path quarantine(Backup backup, VerificationReport report) throws IOException;

  /**
   * The same for what {@link #unreadable} names; those of a newer format stay.
   *
   * @return where they are now
   */
  List<Path> quarantineUnreadable(Scope scope) throws IOException;

  /** Entries that differ, in order. */
  List<Difference> compare(Backup before, Backup after) throws IOException;

  /** Entries of the backup that differ from the given views (the live files). */
  List<Difference> compare(Backup before, List<TargetView> after) throws IOException;

  /**
   * How the texts of entries differ, in the order of {@code differences}, which {@link
   * #compare(Backup, Backup)} found.
   *
   * @param shown what is made of a text before it is compared, to hide secrets
   */
  List<TextDifference> texts(
      Backup before, Backup after, List<Difference> differences, UnaryOperator<String> shown)
      throws IOException;

  /** The same for {@link #compare(Backup, List)}. */
  List<TextDifference> texts(
      Backup before,
      List<TargetView> after,
      List<Difference> differences,
      UnaryOperator<String> shown)
      throws IOException;

  /**
   * The same for differences between files that can be read now: the live ones and what they would
   * become.
   */
  List<TextDifference> texts(
      List<TargetView> before,
      List<TargetView> after,
      List<Difference> differences,
      UnaryOperator<String> shown)
      throws IOException;

  /** What a cleanup by the settings (or keeping {@code keep} backups) would do. Deletes nothing. */
  RetentionPlan planCleanup(Scope scope, OptionalInt keep) throws IOException;

  /** Deletes what the plan says; a backup that became the installed or last one since is kept. */
  void cleanUp(RetentionPlan plan) throws IOException;

  /** How thoroughly a backup is read. */
  sealed interface Depth {
    /**
     * The manifest alone, against SHA256SUMS and the trail: then what it says of an entry can be
     * believed, and {@link Backup#extract} compares the entry with it. Costs the same whatever the
     * archives' size.
     */
    record Manifest() implements Depth {}

    /** Every stored byte against its checksum. */
    record Stored() implements Depth {}

    /** Everything unpacked, every entry's checksum, count and type. */
    record Unpacked() implements Depth {}

    /** A share of the entries unpacked, after {@link Stored}. */
    record Sample(int percent) implements Depth {}
  }
}
