package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The process dies in the swap, and what it wrote into its journal goes bad before the next. */
final class JournalFault {
  private static final int DAMAGES = 3;

  private JournalFault() {}

  static Fault killedAndDamaged() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (FileOperation operation : clean.operations()) {
            boolean swaps = Swaps.is(operation);
            for (int i = 0; swaps && i < DAMAGES; i++) {
              strikes.add(
                  new KilledAndDamaged(
                      operation.toString(), operation.number(), random.nextLong()));
            }
          }
          return strikes;
        },
        Fault.Aftermath.NEEDS_A_PERSON);
  }

  /** Killed at an exchange; then one byte of each journal file is flipped. */
  private record KilledAndDamaged(String at, long moment, long seed, AtomicInteger hits)
      implements Strike {
    KilledAndDamaged(String at, long moment, long seed) {
      this(at, moment, seed, new AtomicInteger());
    }

    @Override
    public String position() {
      return at + ", seed " + seed;
    }

    @Override
    public void arm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.killAt(moment));
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return sandbox.faults().isDead();
    }

    @Override
    public void disarm(Sandbox sandbox) throws IOException {
      sandbox.faults().undisturbed(() -> damage(sandbox));
    }

    private Void damage(Sandbox sandbox) throws IOException {
      Random random = new Random(seed);
      Path journals = sandbox.home().directory().resolve("recovery").resolve("journal");
      try (Stream<Path> all = Files.walk(journals)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          byte[] content = Files.readAllBytes(file);
          int written = writtenLength(content);
          if (written > 0) {
            int at = random.nextInt(written);
            Files.write(file, Damage.flip(at).effect().apply(content));
            hits.incrementAndGet();
          }
        }
      }
      return null;
    }

    /** Without the zeros that it was preallocated with. */
    private static int writtenLength(byte[] content) {
      int length = content.length;
      while (length > 0 && content[length - 1] == 0) {
        length--;
      }
      return length;
    }
  }
}
