package dev.stravinsky.recovery;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.recovery.Recovery;
import dev.stravinsky.api.recovery.RecoveryResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts each level; the restoring itself is the restorer's. */
final class ThreeLevelRecovery implements Recovery {
  private final Services services;

  ThreeLevelRecovery(Services services) {
    this.services = services;
  }

  @Override
  public RecoveryResult file(Path file, Optional<String> version, Options options)
      throws IOException {
    try (Lease lock = lock(options)) {
      return new PathRecovery(services, options, PathRecovery.Level.FILE).run(file, version);
    }
  }

  @Override
  public RecoveryResult directory(Path directory, Optional<String> version, Options options)
      throws IOException {
    try (Lease lock = lock(options)) {
      return new PathRecovery(services, options, PathRecovery.Level.DIRECTORY)
          .run(directory, version);
    }
  }

  @Override
  public RecoveryResult version(String version, Options options) throws IOException {
    try (Lease lock = lock(options)) {
      Salvage source =
          options.partial()
              ? services.backups().salvage(options.scope(), version)
              : whole(options.scope(), version);
      return new Restoring(services, options).from(source, Selection.ALL);
    }
  }

  private Salvage whole(Scope scope, String version) throws IOException {
    try {
      return new Salvage(services.backups().resolve(scope, version), List.of(), List.of());
    } catch (DamagedException e) {
      throw PathRecovery.offeringPartial(e, "stravinsky recovery version " + version);
    }
  }

  @Override
  public Diagnosis emergency(Scope scope, boolean apply) throws IOException {
    LockMode mode = apply ? LockMode.EXCLUSIVE : LockMode.SHARED;
    return new Emergency(services, scope, mode).examine(apply);
  }

  @Override
  public Abandoned abandon(String transactionId) throws IOException {
    return new Abandonment(services, transactionId).run();
  }

  /** From the choice of the backup on, so that nobody deletes it in between. */
  private Lease lock(Options options) throws IOException {
    return services
        .transactions()
        .lock(List.of(), options.dryRun() ? LockMode.SHARED : LockMode.EXCLUSIVE);
  }
}
