package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Says what becomes of each operation. Asked before it takes place, from any thread. */
@FunctionalInterface
public interface FaultPlan {
  /** Nothing goes wrong. */
  FaultPlan NONE = operation -> Verdict.Proceed.IT;

  Verdict decide(FileOperation operation);

  /** The operation with this number fails, once; a write is done by half before. */
  static FaultPlan failAt(long number, Errno errno) {
    return failWhere(operation -> operation.number() == number, errno);
  }

  /** From this number on everything that takes space fails; what frees space does not help. */
  static FaultPlan fullFrom(long number) {
    return failWhere(
        operation -> operation.number() >= number && operation.kind().takesSpace(), Errno.ENOSPC);
  }

  /** What matches fails. */
  static FaultPlan failWhere(Predicate<FileOperation> matches, Errno errno) {
    Verdict failure = new Verdict.Fail(errno);
    return operation -> matches.test(operation) ? failure : Verdict.Proceed.IT;
  }

  /** The process dies in place of the operation with this number. */
  static FaultPlan killAt(long number) {
    return operation -> operation.number() == number ? Verdict.Die.IT : Verdict.Proceed.IT;
  }

  /** Reads and writes that match and ask for more than this many bytes get no more at a time. */
  static FaultPlan shortWhere(Predicate<FileOperation> matches, int bytes) {
    Verdict few = new Verdict.Short(bytes);
    return operation -> {
      boolean transfers = operation.kind() == Kind.READ || operation.kind() == Kind.WRITE;
      return transfers && operation.bytes() > bytes && matches.test(operation)
          ? few
          : Verdict.Proceed.IT;
    };
  }

  /**
   * What matches reads bytes that are not those on the disk, always, or with {@link Damage#once()}
   * the first time.
   */
  static FaultPlan misreadWhere(Predicate<FileOperation> matches, Damage damage) {
    Verdict wrong = new Verdict.Misread(damage);
    return operation ->
        operation.kind() == Kind.READ && matches.test(operation) ? wrong : Verdict.Proceed.IT;
  }

  /** Each operation of these kinds takes so long, and is then done. */
  static FaultPlan slow(Map<Kind, Duration> times) {
    Map<Kind, Duration> each = Map.copyOf(times);
    return operation -> {
      Duration time = each.get(operation.kind());
      return time == null ? Verdict.Proceed.IT : new Verdict.Slow(time, Verdict.Proceed.IT);
    };
  }

  /** The first of both that objects decides; slowness is no objection. */
  default FaultPlan and(FaultPlan other) {
    return operation -> decide(operation).orElse(() -> other.decide(operation));
  }

  /** Objects to the first operation that it can, and to no other. */
  default FaultPlan once() {
    AtomicBoolean over = new AtomicBoolean();
    return operation -> {
      Verdict verdict = over.get() ? Verdict.Proceed.IT : decide(operation);
      return verdict instanceof Verdict.Proceed || over.compareAndSet(false, true)
          ? verdict
          : Verdict.Proceed.IT;
    };
  }

  /** What becomes of an operation. */
  sealed interface Verdict {
    /** It is done. */
    record Proceed() implements Verdict {
      static final Proceed IT = new Proceed();
    }

    /** It fails with this error; of a write half is done. */
    record Fail(Errno errno) implements Verdict {}

    /**
     * The process is gone: this operation and all that follow throw {@link ProcessKilledError},
     * until {@link FaultFileSystem#revive}.
     */
    record Die() implements Verdict {
      static final Die IT = new Die();
    }

    /**
     * A read or write handles at most this many bytes, and says so, as Linux may at any time; of
     * other operations nothing.
     */
    record Short(int bytes) implements Verdict {
      public Short {
        if (bytes < 1) {
          throw new IllegalArgumentException("no system handles " + bytes + " bytes");
        }
      }
    }

    /** A read gets wrong bytes; of other operations nothing. What is on the disk stays good. */
    record Misread(Damage damage) implements Verdict {}

    /** It takes so long, and then this becomes of it. */
    record Slow(Duration time, Verdict then) implements Verdict {
      @Override
      public Verdict orElse(Supplier<Verdict> other) {
        return new Slow(time, then.orElse(other));
      }
    }

    /** This, if it is an objection. */
    default Verdict orElse(Supplier<Verdict> other) {
      return this instanceof Proceed ? other.get() : this;
    }
  }
}
