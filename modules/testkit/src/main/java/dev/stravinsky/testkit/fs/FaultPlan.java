package dev.stravinsky.testkit.fs;

import java.util.function.Predicate;

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

  /** The first of both that objects decides. */
  default FaultPlan and(FaultPlan other) {
    return operation -> {
      Verdict first = decide(operation);
      return first instanceof Verdict.Proceed ? other.decide(operation) : first;
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
  }
}
