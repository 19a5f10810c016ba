package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.fs.Damage;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** What can go wrong with an operation on files. */
public enum ChaosFault {
  /** It is refused with {@code EIO}; of a write half is done. */
  IO_ERROR,
  /** It is refused with {@code EACCES}. */
  PERMISSION,
  /** It is refused with {@code EMFILE}: too many files are open. */
  NO_HANDLES,
  /** It is refused with {@code ENOSPC}; of a write half is done. */
  DISK_FULL,
  /** It is refused with {@code EROFS}. */
  READ_ONLY,
  /** Somebody deletes the file right before it. */
  GONE,
  /** The first read of a file gets one wrong bit in its first byte; read again it is good. */
  WRONG_BYTES,
  /** From the first read of a file on each read gets a single byte, and says so. */
  SHORT_READ,
  /** From the first write of a file on each write takes a single byte, and says so. */
  SHORT_WRITE,
  /** The process is gone in its place; only of operations that change something. */
  KILLED;

  private static final Set<Kind> LOOKING = EnumSet.of(Kind.STAT, Kind.OPEN);

  /** As it is named in the display of a run: {@code io-error}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it can strike there. */
  boolean canStrike(Seen seen) {
    FileOperation operation = seen.operation();
    Kind kind = operation.kind();
    return switch (this) {
      case IO_ERROR -> Errno.EIO.canHit(kind);
      case PERMISSION -> Errno.EACCES.canHit(kind);
      case NO_HANDLES -> Errno.EMFILE.canHit(kind);
      case DISK_FULL -> Errno.ENOSPC.canHit(kind);
      case READ_ONLY -> Errno.EROFS.canHit(kind);
      case GONE -> LOOKING.contains(kind) && seen.size() >= 0;
      case WRONG_BYTES -> kind == Kind.READ && seen.time() == 1 && seen.size() > 0;
      case SHORT_READ -> kind == Kind.READ && seen.time() == 1 && operation.bytes() > 1;
      case SHORT_WRITE -> kind == Kind.WRITE && seen.time() == 1 && operation.bytes() > 1;
      case KILLED -> kind.changes();
    };
  }

  /** What becomes of the operation that is meant, and of those like it where it goes on. */
  FaultPlan plan(Predicate<FileOperation> meant, Predicate<FileOperation> alike) {
    return switch (this) {
      case IO_ERROR -> FaultPlan.failWhere(meant, Errno.EIO);
      case PERMISSION -> FaultPlan.failWhere(meant, Errno.EACCES);
      case NO_HANDLES -> FaultPlan.failWhere(meant, Errno.EMFILE);
      case DISK_FULL -> FaultPlan.failWhere(meant, Errno.ENOSPC);
      case READ_ONLY -> FaultPlan.failWhere(meant, Errno.EROFS);
      case GONE -> FaultPlan.NONE; // Done by whoever asks: it is nothing that a disk decides.
      case WRONG_BYTES -> FaultPlan.misreadWhere(meant, new Damage.FlippedBit(0, 1).once());
      case SHORT_READ, SHORT_WRITE -> FaultPlan.shortWhere(alike, 1);
      case KILLED ->
          operation ->
              meant.test(operation)
                  ? FaultPlan.killAt(operation.number()).decide(operation)
                  : FaultPlan.NONE.decide(operation);
    };
  }
}
