package dev.stravinsky.chaos;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Recovery;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The product's commands as one would type them, and what they say of themselves. */
final class Commands {
  /** The variable in which a prepared sandbox keeps where the next release can be had. */
  static final String CHANNEL = "CHAOS_RELEASE";

  /** The id of the event that {@link #append} appends. */
  static final String APPENDED = "chaos-appended";

  private static final Recovery.Options OPTIONS =
      new Recovery.Options(Scope.USER, false, Progress.NONE);

  private final Services services;

  Commands(Services services) {
    this.services = services;
  }

  Ending update(String version) throws IOException {
    Path root = home().getParent().getParent();
    return update(root.resolve("releases").resolve(version).toString(), version);
  }

  /** From the web server that the sandbox was prepared with. */
  Ending download() throws IOException {
    return update(services.environment().variables().get(CHANNEL), "v2");
  }

  private Ending update(String location, String version) throws IOException {
    UpdateResult result =
        services
            .updater()
            .update(
                new UpdateRequest(
                    location,
                    Optional.of(new Version(version)),
                    Scope.USER,
                    ConflictPolicy.KEEP,
                    Set.of(),
                    true,
                    false),
                Progress.NONE);
    return switch (result) {
      case UpdateResult.Updated done -> done(result);
      case UpdateResult.UpToDate done -> done(result);
      case UpdateResult.LeftAsIs left -> done(result);
      case UpdateResult.Planned no -> notDone(result);
      case UpdateResult.Blocked no -> notDone(result);
      case UpdateResult.Failed no -> notDone(result);
      case UpdateResult.RolledBack no -> notDone(result);
    };
  }

  Ending rollBackTo(String version) throws IOException {
    return rolledBack(
        services
            .updater()
            .rollbackTo(
                version, new RollbackRequest(Scope.USER, false, false, false), Progress.NONE));
  }

  private static Ending rolledBack(RollbackResult result) {
    return switch (result) {
      case RollbackResult.Done done -> done(result);
      case RollbackResult.AlreadyThere done -> done(result);
      case RollbackResult.Planned no -> notDone(result);
      case RollbackResult.Failed no -> notDone(result);
    };
  }

  /** {@code rollback undo}. */
  Ending undo() throws IOException {
    return rolledBack(
        services
            .updater()
            .undo(new RollbackRequest(Scope.USER, false, false, false), Progress.NONE));
  }

  Ending backUp() throws IOException {
    return done(services.updater().backup(Scope.USER, Progress.NONE));
  }

  /** {@code backup verify --read-data}, of all. */
  Ending verify() throws IOException {
    BackupStore backups = services.backups();
    try (Lease lock = services.transactions().lock(List.of(), LockMode.SHARED)) {
      List<Problem> bad = new ArrayList<>(backups.unreadable(Scope.USER));
      bad.addAll(backups.missing(Scope.USER));
      for (Backup each : backups.list(Scope.USER)) {
        bad.addAll(backups.verify(each, new Depth.Unpacked(), Progress.NONE).damage());
      }
      return bad.isEmpty() ? new Ending(Ending.Kind.DONE, "intact") : notDone(bad);
    }
  }

  /** {@code audit verify}. */
  Ending verifyTrail() throws IOException {
    TrailReport report = services.audit().verify(Optional.empty());
    return report.intact() ? new Ending(Ending.Kind.DONE, "intact") : notDone(report.problems());
  }

  Ending cleanUp() throws IOException {
    return done(services.updater().cleanUp(Scope.USER, OptionalInt.of(1), false));
  }

  /** One that can be told from all others; typed again it is the same one. */
  Ending append() throws IOException {
    EventDraft draft =
        EventDraft.of(APPENDED, EventType.CONFIG_CHANGED, EventStatus.SUCCESS, "user");
    return done(services.audit().append(draft));
  }

  Ending installPlugin() throws IOException {
    return done(services.plugins().install(plugin(home())));
  }

  /** What {@link #installPlugin} installs. */
  static Path plugin(Path userHome) {
    return userHome.resolve("downloads/plugin.jar");
  }

  Ending recoverFile(String path) throws IOException {
    return done(services.recovery().file(claude(path), Optional.empty(), OPTIONS));
  }

  Ending recoverDirectory(String path, String version) throws IOException {
    return done(services.recovery().directory(claude(path), Optional.of(version), OPTIONS));
  }

  Ending recoverVersion(String version) throws IOException {
    return done(services.recovery().version(version, OPTIONS));
  }

  /** What every command that changes something does first. */
  Ending resume() throws IOException {
    services.updater().resume(Scope.USER);
    return new Ending(Ending.Kind.DONE, "recovered");
  }

  private Path claude(String path) {
    return home().resolve(".claude").resolve(path);
  }

  private Path home() {
    return services.environment().userHome();
  }

  private static Ending done(Object result) {
    return new Ending(Ending.Kind.DONE, result.getClass().getSimpleName());
  }

  private static Ending notDone(Object result) {
    return new Ending(Ending.Kind.NOT_DONE, result.toString());
  }
}
