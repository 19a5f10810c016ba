package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One fault in one place. */
final class OneFault implements Strike {
  private final ChaosFault kind;
  private final int place;
  private final Seen target;
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicBoolean deleted = new AtomicBoolean();
  private boolean fired;

  /**
   * @param place its number among those where this fault can strike
   */
  OneFault(ChaosFault kind, int place, Seen target) {
    this.kind = kind;
    this.place = place;
    this.target = target;
  }

  @Override
  public String name() {
    return kind.id() + "/" + place + ": " + target;
  }

  @Override
  public Optional<ChaosFault> fault() {
    return Optional.of(kind);
  }

  @Override
  public FaultPlan planFor(FaultFileSystem files) {
    FaultPlan plan = kind.plan(this::isTheOne, operation -> Strike.isLike(operation, target));
    return kind != ChaosFault.GONE
        ? plan
        : operation -> {
          if (isTheOne(operation)) {
            delete(operation, files);
          }
          return plan.decide(operation);
        };
  }

  private boolean isTheOne(FileOperation operation) {
    return Strike.isLike(operation, target) && met.incrementAndGet() == target.time();
  }

  private void delete(FileOperation operation, FaultFileSystem files) {
    try {
      deleted.set(files.undisturbed(() -> Files.deleteIfExists(operation.path())));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // In memory, past the plan: a defect of the testkit.
    }
  }

  @Override
  public void ended(FaultFileSystem files) {
    fired = files.injected() > 0 || deleted.get();
  }

  @Override
  public Optional<String> objection() {
    return fired
        ? Optional.empty()
        : Optional.of(
            "the planned fault did not take place: the code does not do the same each time");
  }

  @Override
  public Optional<String> id() {
    return Optional.of(kind.id() + "/" + place);
  }
}
