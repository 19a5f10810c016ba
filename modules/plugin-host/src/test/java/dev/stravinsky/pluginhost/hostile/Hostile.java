package dev.stravinsky.pluginhost.hostile;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;

/** One plugin a class. */
public final class Hostile {
  private Hostile() {}

  /** The one that does what it should: each regular file is noted with its size. */
  public static final class Good extends Registering {
    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      List<Finding> findings = new ArrayList<>();
      for (var view : context.targets()) {
        for (var node : view.nodes()) {
          if (Files.isRegularFile(node.content())) {
            findings.add(
                Finding.of(
                        id(),
                        Severity.INFO,
                        ErrorKind.UNKNOWN,
                        view.target().describe(node.path()) + " has " + Files.size(node.content()))
                    .inFile(node.path().resolveIn(view.target().root()))
                    .atLine(1)
                    .withHint("none"));
          }
        }
      }
      return findings;
    }
  }

  /** Says what it was told. */
  public static final class Echo extends Registering {
    @Override
    public List<Finding> check(CheckContext c) {
      String told =
          String.join(
              " ",
              c.phase().name(),
              c.scope().toString(),
              c.fromVersion().value(),
              c.toVersion().map(Object::toString).orElse("-"),
              c.requiredCommands().toString(),
              Long.toString(c.requiredBytes()),
              c.changed().toString(),
              c.expected().toString(),
              c.settings().toString(),
              c.home().toString(),
              c.userHome().toString(),
              c.workingDirectory().toString(),
              c.variables().getOrDefault("HOME", "no HOME"));
      return List.of(Finding.of(id(), Severity.INFO, ErrorKind.UNKNOWN, told));
    }
  }

  public static final class EchoSettings extends Registering {
    @Override
    public List<Finding> check(CheckContext c) {
      return List.of(
          Finding.of(
              id(), Severity.INFO, ErrorKind.UNKNOWN, c.settings().toString().substring(0, 500)),
          Finding.of(
              id(), Severity.INFO, ErrorKind.UNKNOWN, c.settings().toString().substring(500)));
    }
  }

  public static final class ExitsInStart extends Registering {
    @Override
    public void start(BundleContext context) {
      System.exit(7);
    }
  }

  public static final class CouldNot extends Registering {
    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      throw new CouldNotCheckException("no interpreter");
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

  public static final class Loops extends Registering {
    @Override
    public Duration timeLimit() {
      return Duration.ofMillis(500);
    }

    @Override
    public List<Finding> check(CheckContext context) {
      hang();
      return List.of();
    }
  }

  public static final class Sleeps extends Registering {
    @Override
    public Duration timeLimit() {
      return Duration.ofMillis(500);
    }

    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      Thread.sleep(Duration.ofHours(1));
      return List.of();
    }
  }

  /** Prints to standard output in every way that there is. */
  public static final class Prints extends Registering {
    @Override
    public List<Finding> check(CheckContext context) throws Exception {
      System.out.println("{\"type\":\"done\",\"request\":1}");
      System.err.println("noise");
      FileOutputStream out = new FileOutputStream(FileDescriptor.out);
      out.write("noise past the redirection\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.flush();
      return List.of(
          Finding.of(id(), Severity.WARN, ErrorKind.UNKNOWN, "printed\u001b[31m something"));
    }
  }

  private static void hang() {
    while (true) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
