package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.transaction.Transactions;
import dev.stravinsky.files.Reserve;
import dev.stravinsky.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Transactions that swap file by file under a journal. */
final class SwapService implements Transactions {
  private static final long MEGABYTE = 1024L * 1024;

  private final Services services;
  private final Environment environment;
  private final HomeLock lock;
  private final JournalFolder journals;
  private boolean swept;

  SwapService(Services services) {
    this.services = services;
    this.environment = services.environment();
    this.lock = new HomeLock(environment);
    this.journals = new JournalFolder(environment.home());
  }

  @Override
  public Lease lock(Collection<Target> targets, LockMode mode) throws IOException {
    Lease lease = lock.take(targets, mode, services.settings().safety().lockTimeout());
    try {
      if (mode == LockMode.EXCLUSIVE && !swept) {
        swept = true;
        sweep();
      }
      return lease;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Removes what killed commands left outside of the targets, and renews the reserve. */
  private void sweep() {
    try {
      long wanted = services.settings().safety().diskSpaceThresholdMb() * MEGABYTE;
      new Reserve(environment.home()).keep(wanted);
      ScratchFolder.sweep(
          environment.platform(), environment.home().staging(), environment.clock().instant());
    } catch (IOException e) {
      // Nothing depends on either, and the next command tries again.
    }
  }

  @Override
  public Transaction stage(TransactionRequest request, Completion completion) throws IOException {
    lock.requireExclusive(request.changes().stream().map(Change::target).distinct().toList());
    String id = environment.ids().get();
    Planner.Plan plan = Planner.plan(id, request.changes(), environment.platform());
    Header header =
        new Header(
            id,
            request.scope(),
            request.kind(),
            environment.clock().instant(),
            request.attributes(),
            // A guard changes nothing itself; what its program may change counts.
            plan.targets().isEmpty() ? targets(request) : plan.targets(),
            plan.bases());
    journals.sweep();
    SwapJournal journal = SwapJournal.create(journals.newFile(id), JournalCodec.header(header));
    Placement placement = new Placement(environment.platform(), new Reserve(environment.home()));
    Staging staging =
        new Staging(header, environment.platform(), placement, request.takesContents());
    try {
      List<Planned> staged = staging.fill(plan.steps());
      SetAside setAside = new SetAside(services.conflicts());
      return new StagedTransaction(
          header, journal, staging, placement, setAside, completion, staged, request.live());
    } catch (IOException e) {
      discard(header, journal, staging, e);
      throw e;
    } catch (RuntimeException e) {
      discard(header, journal, staging, e);
      throw e;
    }
  }

  private static List<Target> targets(TransactionRequest request) {
    return request.live().stream().map(TargetView::target).toList();
  }

  @Override
  public List<TransactionRecord> interrupted() throws IOException {
    if (journals.isEmpty()) {
      return List.of();
    }
    Optional<Lease> quiet = lock.whileNobodyElseHoldsIt();
    if (quiet.isEmpty()) {
      return List.of(); // Under way in another process, which is not interrupted.
    }
    try (Lease lease = quiet.get()) {
      List<JournalContent> contents = journals.contents(); // Complains of damage before all else.
      if (lock.isHeldExclusively()) {
        journals.sweep();
      }
      return contents.stream()
          .map(JournalContent::record)
          .sorted(
              Comparator.comparing(TransactionRecord::started).thenComparing(TransactionRecord::id))
          .toList();
    }
  }

  @Override
  public List<Path> writtenSince(TransactionRecord transaction) throws IOException {
    return crashRecovery().writtenSince(journals.file(transaction.id()));
  }

  @Override
  public Recovered recover(TransactionRecord transaction, Completion completion)
      throws IOException {
    lock.requireExclusive(List.of());
    return crashRecovery().recover(journals.file(transaction.id()), completion);
  }

  private CrashRecovery crashRecovery() {
    return new CrashRecovery(
        environment.platform(), services.conflicts(), new Reserve(environment.home()));
  }

  @Override
  public List<Path> abandon(TransactionRecord transaction) throws IOException {
    lock.requireExclusive(List.of());
    return new Abandonment(environment.home(), journals).abandon(transaction.id());
  }

  @Override
  public SwapMode swapMode(Target target) throws IOException {
    if (Planner.hasMountedFile(target, environment.platform())) {
      return SwapMode.IN_PLACE;
    }
    return environment.platform().capabilities(Bases.beside(target)).exchange()
        ? SwapMode.EXCHANGE
        : SwapMode.RENAME;
  }

  /** Staging failed: nothing live was touched, and nothing of it stays. */
  private static void discard(
      Header header, SwapJournal journal, Staging staging, Exception failure) {
    try {
      staging.close();
      Staging.remove(header);
      journal.remove();
    } catch (IOException e) {
      failure.addSuppressed(e); // The journal stays, and the next command removes the rest.
    }
  }
}
