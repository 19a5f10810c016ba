package dev.stravinsky.dist.kinds;

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
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Guards {@code ~/.tool}, fetches {@code tool:VERSION}, and notes in {@code ~/heard} whatever it is
 * told. The kinds that are named in {@code ~/misbehave} end the process instead.
 */
public final class Tool
    implements BundleActivator, AuditSink, BackupListener, Notifier, ReleaseSource, TargetProvider {
  private static final Path HOME = Path.of(System.getenv("HOME"));

  @Override
  public void start(BundleContext context) {
    note("started");
    context.registerService(
        new String[] {
          AuditSink.class.getName(),
          BackupListener.class.getName(),
          Notifier.class.getName(),
          ReleaseSource.class.getName(),
          TargetProvider.class.getName()
        },
        this,
        null);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public String id() {
    return "tool";
  }

  @Override
  public void appended(AuditEvent event) {
    misbehave("sink");
    note("event " + event.content().type());
  }

  @Override
  public void created(BackupManifest manifest, Path directory) {
    misbehave("listener");
    note("backup " + manifest.id() + " " + Files.exists(directory.resolve("tool.tar.gz")));
  }

  @Override
  public void send(Notification notification, Cancellation cancellation) {
    misbehave("notifier");
    note("notification " + notification.event());
  }

  @Override
  public boolean handles(String location) {
    misbehave("source");
    return location.startsWith("tool:");
  }

  @Override
  public Path fetch(String location, Path directory, Cancellation cancellation) throws IOException {
    String version = location.substring("tool:".length());
    Path release = directory.resolve("release");
    Files.createDirectories(release.resolve("hooks"));
    Files.writeString(release.resolve("hooks/README.md"), "Hooks of " + version + "\n");
    Files.createDirectories(release.resolve("tool"));
    Files.writeString(release.resolve("tool/edition"), version);
    return release;
  }

  @Override
  public List<Target> targets(Scope scope, Environment environment, Settings settings) {
    misbehave("targets");
    return scope.equals(Scope.USER)
        ? List.of(Target.tree("tool", scope, environment.userHome().resolve(".tool")))
        : List.of();
  }

  @Override
  public Map<String, byte[]> effectiveViews(List<TargetView> views) {
    return Map.of("summary.txt", "all in one".getBytes(StandardCharsets.UTF_8));
  }

  private static void misbehave(String kind) {
    try {
      Path misbehaving = HOME.resolve("misbehave");
      if (Files.exists(misbehaving) && Files.readString(misbehaving).contains(kind)) {
        System.exit(3);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void note(String what) {
    try {
      Files.writeString(
          HOME.resolve("heard"), what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
