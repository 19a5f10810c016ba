package dev.stravinsky.pluginhost.kinds;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** One plugin a class, each of which is all of the kinds. */
public final class Kinds {
  private Kinds() {}

  /** Registers itself as everything, and does what {@link #called} does whatever it is asked. */
  public abstract static class All
      implements BundleActivator,
          AuditSink,
          BackupListener,
          Notifier,
          ReleaseSource,
          TargetProvider {
    @Override
    public void start(BundleContext context) {
      for (Class<?> kind :
          List.of(
              AuditSink.class,
              BackupListener.class,
              Notifier.class,
              ReleaseSource.class,
              TargetProvider.class)) {
        register(context, kind);
      }
    }

    private <S> void register(BundleContext context, Class<S> kind) {
      context.registerService(kind, kind.cast(this), null);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public String id() {
      return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** Is told what was called with what. */
    protected abstract void called(String what);

    @Override
    public void appended(AuditEvent event) {
      called("appended " + event);
    }

    @Override
    public void created(BackupManifest manifest, Path directory) {
      called("created " + manifest + " " + directory);
    }

    @Override
    public void deleting(BackupManifest manifest, Path directory) {
      called("deleting " + manifest + " " + directory);
    }

    @Override
    public void send(Notification notification, Cancellation cancellation) {
      called("send " + notification);
    }

    @Override
    public boolean handles(String location) {
      called("handles " + location);
      return location.startsWith("test:");
    }

    @Override
    public Path fetch(String location, Path directory, Cancellation cancellation)
        throws IOException {
      called("fetch " + location + " " + directory);
      return Files.writeString(directory.resolve("fetched.txt"), location);
    }

    @Override
    public Optional<Scope> projectAt(Environment environment) {
      called("project " + environment.workingDirectory());
      return Optional.of(Scope.project(environment.workingDirectory()));
    }

    @Override
    public List<Target> targets(Scope scope, Environment environment, Settings settings) {
      called("targets " + scope + " " + environment.home() + " " + settings);
      Path home = environment.userHome();
      return List.of(
          Target.tree("tool", scope, home.resolve(".tool")),
          new Target("rc", scope, home, List.of(".toolrc", ".toolrc.local")));
    }

    @Override
    public Map<String, byte[]> effectiveViews(List<TargetView> views) {
      List<String> seen = new ArrayList<>();
      views.forEach(view -> view.nodes().forEach(node -> seen.add(node.toString())));
      called("views " + seen);
      return Map.of("effective.txt", seen.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Notes what it was told, a line for each, in {@code heard} in the user's home. */
  public static final class Good extends All {
    @Override
    protected void called(String what) {
      try {
        Files.writeString(
            Path.of(System.getenv("HOME"), "heard"),
            what + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static final class Throws extends All {
    @Override
    protected void called(String what) {
      throw new IllegalStateException("not today");
    }
  }

  public static final class Exits extends All {
    @Override
    protected void called(String what) {
      System.exit(9);
    }
  }

  /** Does not start at all. */
  public static final class ExitsInStart extends All {
    @Override
    public void start(BundleContext context) {
      System.exit(7);
    }

    @Override
    protected void called(String what) {}
  }

  /** Starts, and registers nothing of what its manifest declares. */
  public static final class Forgets extends All {
    @Override
    public void start(BundleContext context) {}

    @Override
    protected void called(String what) {}
  }

  /** Sleeps where it is told something; spins, deaf to interrupts, where it is asked something. */
  public static final class Hangs extends All {
    @Override
    protected void called(String what) {
      if (what.startsWith("handles") || what.startsWith("targets")) {
        while (true) {
          LockSupport.parkNanos(1_000_000);
        }
      }
      try {
        Thread.sleep(3_600_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
