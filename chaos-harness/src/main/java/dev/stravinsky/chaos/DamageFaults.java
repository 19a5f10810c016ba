package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Faults of bytes: files that went bad at rest, or under the command's hands. */
final class DamageFaults {
  private static final int BY_CHANCE = 4;

  private DamageFaults() {}

  /** Each file of the product's home that matches the glob goes bad before the command is typed. */
  static Fault atRest(String glob) {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          Path home = prepared.home().directory();
          for (Path file : matching(home, glob)) {
            int size = (int) Files.size(file);
            for (Damage damage : Damage.of(size, BY_CHANCE, random)) {
              strikes.add(new AtRest(file.toString(), damage));
            }
          }
          return strikes;
        },
        Fault.Aftermath.STAYS_DAMAGED);
  }

  /** At each operation one of the files in staging goes bad, if there is any by then. */
  static Fault staged(Operation command) {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (long n : stagedMoments(prepared, command)) {
            strikes.add(new Staged(n, random.nextLong()));
          }
          return strikes;
        },
        Fault.Aftermath.LOOKS_FOREIGN);
  }

  /** Found by a run that looks at each operation. */
  private static List<Long> stagedMoments(Sandbox prepared, Operation command) throws IOException {
    List<Long> moments = new ArrayList<>();
    try (Sandbox sandbox = prepared.copy()) {
      sandbox
          .faults()
          .plan(
              operation -> {
                if (operation.number() > 0 && !staged(sandbox).isEmpty()) {
                  synchronized (moments) {
                    moments.add(operation.number());
                  }
                }
                return FaultPlan.NONE.decide(operation);
              });
      command.run(sandbox.services());
    }
    return moments;
  }

  /** Files with content in transactions' folders. */
  private static List<Path> staged(Sandbox sandbox) {
    try {
      return sandbox.faults().undisturbed(() -> stagedFiles(sandbox.userHome()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> stagedFiles(Path home) throws IOException {
    List<Path> staged = new ArrayList<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(f -> f.toString().contains("/.stravinsky-")).toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0) {
          staged.add(file);
        }
      }
    }
    staged.sort(null);
    return staged;
  }

  private static List<Path> matching(Path top, String glob) throws IOException {
    FileSystem files = top.getFileSystem();
    var matcher = files.getPathMatcher("glob:" + top + "/" + glob);
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(f -> Files.isRegularFile(f) && matcher.matches(f)).sorted().toList();
    }
  }

  /** A file that is bad from the beginning. */
  private record AtRest(String file, Damage damage) implements Strike {
    @Override
    public String position() {
      return file + ", " + damage.name();
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      Path path = sandbox.faults().getPath(file);
      byte[] good = Files.readAllBytes(path);
      Files.write(path, damage.effect().apply(good));
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return true;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      // It stays bad.
    }
  }

  /** A staged file that goes bad in the middle of the command. */
  private record Staged(long moment, long seed, AtomicInteger hits) implements Strike {
    Staged(long moment, long seed) {
      this(moment, seed, new AtomicInteger());
    }

    @Override
    public String position() {
      return "at #" + moment + ", seed " + seed;
    }

    @Override
    public void arm(Sandbox sandbox) {
      sandbox
          .faults()
          .plan(
              operation -> {
                if (operation.number() == moment) {
                  strike(sandbox);
                }
                return FaultPlan.NONE.decide(operation);
              });
    }

    private void strike(Sandbox sandbox) {
      List<Path> staged = DamageFaults.staged(sandbox);
      Random random = new Random(seed);
      if (staged.isEmpty()) {
        return;
      }
      Path file = staged.get(random.nextInt(staged.size()));
      try {
        sandbox.faults().undisturbed(() -> flip(file, random));
        hits.incrementAndGet();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Path flip(Path file, Random random) throws IOException {
      byte[] content = Files.readAllBytes(file);
      return Files.write(file, Damage.flip(random.nextInt(content.length)).effect().apply(content));
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return hits.get() > 0;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
