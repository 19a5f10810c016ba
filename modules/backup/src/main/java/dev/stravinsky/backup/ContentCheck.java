package dev.stravinsky.backup;

import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.backup.BackupManifest.Archive;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Compares archives with the manifest's account of their members, which is read when needed. */
final class ContentCheck {
  private final Path folder;
  private final Parallel parallel;
  private final List<Problem> damage;
  private final AtomicLong unpacked = new AtomicLong();
  private volatile Optional<Accounts> accounts = Optional.empty();
  private boolean isTold;

  /** What is found is added to {@code damage}. */
  ContentCheck(Path folder, Parallel parallel, List<Problem> damage) {
    this.folder = folder;
    this.parallel = parallel;
    this.damage = damage;
  }

  /** Reads the account before it is needed, so that somebody may do so beside other work. */
  void readAccounts() throws IOException {
    accounts = Optional.of(read());
  }

  /** Unpacks the selected members of all archives but those that are known to be broken. */
  void run(List<Archive> files, Verification.Selection selection, List<String> broken)
      throws IOException {
    for (Archive file : files) {
      Optional<ArchiveCheck> account = account(file);
      if (account.isPresent() && !broken.contains(file.path())) {
        Optional<String> fault = account.get().structureFault(file.sizeBytes(), file.filesCount());
        fault.ifPresent(what -> damaged(file.path(), what));
        if (fault.isEmpty()) {
          unpack(account.get(), selection.of(file.path()));
        }
      }
    }
  }

  /** How many entries were unpacked. */
  long unpacked() {
    return unpacked.get();
  }

  /** Which members' stored bytes are damaged, and what they hold; nothing of what has none. */
  List<String> brokenMembers(Archive file, long sizeBytes) throws IOException {
    Optional<ArchiveCheck> account = account(file);
    return account.isPresent()
        ? account.get().brokenMembers(folder.resolve(file.path()), sizeBytes)
        : List.of();
  }

  private void unpack(ArchiveCheck account, IntPredicate selected) throws IOException {
    try (ArchiveReader reader = new ArchiveReader(folder.resolve(account.archive()))) {
      parallel.inOrder(
          IntStream.range(0, account.members().size()).filter(selected).boxed().toList(),
          index -> fault(account, reader, index),
          fault -> fault.ifPresent(what -> damaged(account.archive(), what)));
    }
  }

  private Optional<String> fault(ArchiveCheck account, ArchiveReader reader, int index)
      throws IOException {
    unpacked.addAndGet(account.entriesCount(index));
    Optional<String> fault = account.fault(reader, index);
    // A second read: the first may have been the memory's fault, not the disk's.
    fault = fault.isPresent() ? account.fault(reader, index) : fault;
    Member member = account.members().get(index);
    String bytes = "bytes " + member.offset() + " to " + (member.end() - 1);
    return fault.map(what -> bytes + " (" + account.entriesOf(index) + "): " + what);
  }

  /** The manifest's account of an archive; empty if it cannot be read, which is then noted. */
  private Optional<ArchiveCheck> account(Archive file) throws IOException {
    if (!file.path().endsWith(Row.SUFFIX)) {
      return Optional.empty();
    }
    if (accounts.isEmpty()) {
      readAccounts();
    }
    Accounts read = accounts.get();
    if (!isTold) {
      isTold = true;
      damage.addAll(read.damage());
    }
    return Optional.ofNullable(read.checks().get(file.path()));
  }

  private Accounts read() throws IOException {
    try {
      return new Accounts(ArchiveCheck.all(folder.resolve(ManifestWriter.NAME)), List.of());
    } catch (DamagedException e) {
      return new Accounts(Map.of(), e.problems());
    }
  }

  /** What was read, or why it could not be. */
  private record Accounts(Map<String, ArchiveCheck> checks, List<Problem> damage) {}

  private void damaged(String archive, String what) {
    Verification.problem(folder.resolve(archive), what).ifPresent(damage::add);
  }
}
