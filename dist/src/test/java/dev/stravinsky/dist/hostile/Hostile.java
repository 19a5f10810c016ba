package dev.stravinsky.dist.hostile;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** One plugin a class. */
public final class Hostile {
  /** What {@link Writes} appends. */
  public static final String MARK = "# by a plugin\n";

  private static final Duration SHORT = Duration.ofMillis(500);

  private Hostile() {}

  /** The one that does what it should: it leaves a file when it starts, and one for each phase. */
  public static final class Good extends Registering {
    @Override
    public void start(BundleContext context) throws Exception {
      Files.writeString(Path.of(System.getenv("HOME"), "good-START"), "");
      super.start(context);
    }

    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      Files.writeString(context.userHome().resolve("good-" + context.phase()), "");
      return List.of();
    }
  }

  public static final class ThrowsInStart extends Registering {
    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("no start today");
    }
  }

  public static final class ExitsInStart extends Registering {
    @Override
    public void start(BundleContext context) {
      System.exit(7);
    }
  }

  public static final class HangsInStart extends Registering {
    @Override
    public void start(BundleContext context) {
      hang();
    }
  }

  public static final class ThrowsInId extends Registering {
    @Override
    public String id() {
      throw new IllegalStateException("no name");
    }
  }

  public static final class RegistersNull extends Registering {
    @Override
    public void start(BundleContext context) {
      ServiceFactory<Validator> factory =
          new ServiceFactory<>() {
            @Override
            public Validator getService(Bundle bundle, ServiceRegistration<Validator> r) {
              return null;
            }

            @Override
            public void ungetService(
                Bundle bundle, ServiceRegistration<Validator> r, Validator service) {}
          };
      context.registerService(Validator.class, factory, null);
    }
  }

  public static final class ThrowsInCheck extends Registering {
    @Override
    public List<Finding> check(CheckContext context) {
      throw new IllegalStateException("no check today\nreally");
    }
  }

  public static final class OverflowsStack extends Registering {
    @Override
    @SuppressWarnings("InfiniteRecursion")
    public List<Finding> check(CheckContext context) throws Exception {
      return check(context);
    }
  }

  public static final class ExitsInCheck extends Registering {
    @Override
    public List<Finding> check(CheckContext context) {
      System.exit(0);
      return List.of();
    }
  }

  public static final class EatsHeap extends Registering {
    @Override
    public List<Finding> check(CheckContext context) {
      List<byte[]> all = new ArrayList<>();
      while (true) {
        all.add(new byte[16 * 1024 * 1024]);
      }
    }
  }

  /** Computes for ever, and does not hear that it is to stop. */
  public static final class Loops extends Registering {
    @Override
    public Duration timeLimit() {
      return SHORT;
    }

    @Override
    public List<Finding> check(CheckContext context) {
      long sum = 0;
      while (sum != -1) {
        sum += Math.abs(sum % 7) + 1;
      }
      return List.of();
    }
  }

  public static final class Sleeps extends Registering {
    @Override
    public Duration timeLimit() {
      return SHORT;
    }

    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      Thread.sleep(Duration.ofHours(1));
      return List.of();
    }
  }

  public static final class ReturnsNull extends Registering {
    @Override
    public List<Finding> check(CheckContext context) {
      return null;
    }
  }

  public static final class FindsNull extends Registering {
    @Override
    public List<Finding> check(CheckContext context) {
      return Arrays.asList((Finding) null);
    }
  }

  /** Leaves threads that go on, and a process. */
  public static final class StartsThreads extends Registering {
    private static final String SHELL = ": > \"$1\"; echo; while :; do sleep 1; done";

    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      for (int i = 0; i < 300; i++) {
        Thread.ofPlatform().daemon(false).start(Hostile::hang);
      }
      Path mark = context.userHome().resolve("left-behind");
      Process left = new ProcessBuilder("/bin/sh", "-c", SHELL, "sh", mark.toString()).start();
      left.getInputStream().read();
      return List.of();
    }
  }

  /** Writes into the live configuration, where the update is about to write too. */
  public abstract static class Writes extends Registering {
    private final Phase phase;
    private final String file;

    Writes(Phase phase, String file) {
      this.phase = phase;
      this.file = file;
    }

    /** Below the configuration. */
    public String file() {
      return file;
    }

    @Override
    public Set<Phase> phases() {
      return Set.of(phase);
    }

    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      Files.writeString(
          context.userHome().resolve(".claude").resolve(file),
          MARK,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return List.of();
    }
  }

  public static final class WritesBefore extends Writes {
    public WritesBefore() {
      super(Phase.PRE_UPDATE, "hooks/guard.py");
    }
  }

  public static final class WritesWhileStaged extends Writes {
    public WritesWhileStaged() {
      super(Phase.STAGED, "hooks/guard.py");
    }
  }

  /** Where the update is to create a file. */
  public static final class TakesAName extends Writes {
    public TakesAName() {
      super(Phase.STAGED, "hooks/fresh.sh");
    }
  }

  public static final class WritesAfter extends Writes {
    public WritesAfter() {
      super(Phase.POST_UPDATE, "hooks/guard.py");
    }
  }

  private static void hang() {
    while (true) {
      LockSupport.parkNanos(1_000_000_000);
    }
  }
}
