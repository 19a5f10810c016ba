package dev.stravinsky.backup;

import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;

/** Verifies backups, with the trail as the second witness. */
final class Verifier {
  private final Services services;
  private final Folders folders;
  private final Witness witness;

  Verifier(Services services, Folders folders, Witness witness) {
    this.services = services;
    this.folders = folders;
    this.witness = witness;
  }

  VerificationReport verify(Backup backup, Depth depth, Progress progress) throws IOException {
    Path folder = backup.directory();
    String name = folder.getFileName().toString();
    boolean hidden = name.startsWith(".");
    Optional<String> witnessed =
        hidden ? Optional.empty() : witness.manifestSum(folders.key(folder));
    BackupId id = hidden ? backup.id() : new BackupId(name);
    try (Parallel parallel = Parallel.on(folder)) {
      Verification verification = new Verification(folder, id, parallel, progress);
      if (depth instanceof Depth.Manifest) {
        return verification.runManifest(witnessed);
      }
      VerificationReport report = verification.run(witnessed, selection(depth));
      boolean unknown = !hidden && witnessed.isEmpty() && isTrailOn();
      return unknown ? report.with(notInTheTrail(folder)) : report;
    }
  }

  VerificationReport verifyOnRecord(Backup backup, Depth depth, Progress progress)
      throws IOException {
    Clock clock = services.environment().clock();
    Instant started = clock.instant();
    VerificationReport report = verify(backup, depth, progress);
    witness.verified(
        folders.key(backup.directory()),
        backup.manifest(),
        report,
        Map.of("depth", written(depth)),
        Duration.between(started, clock.instant()));
    return report;
  }

  private static String written(Depth depth) {
    return switch (depth) {
      case Depth.Manifest manifest -> "manifest";
      case Depth.Stored stored -> "stored bytes";
      case Depth.Unpacked unpacked -> "unpacked";
      case Depth.Sample sample -> "sample of " + sample.percent() + "%";
    };
  }

  boolean isIntact(Backup backup) throws IOException {
    try {
      return verify(backup, new Depth.Stored(), Progress.NONE).intact();
    } catch (RefusedException e) {
      return false;
    }
  }

  boolean isVouchedFor(Backup backup) throws IOException {
    Path manifest = backup.directory().resolve(ManifestWriter.NAME);
    return Presence.isRegularFile(manifest) && witness.knows(FolderFiles.sha256(manifest, n -> {}));
  }

  private boolean isTrailOn() throws IOException {
    return services.settings().audit().enableAuditLogging();
  }

  private static Problem notInTheTrail(Path folder) {
    return Problem.of(
            ErrorKind.CORRUPTED_BACKUP,
            "the trail does not know it: only the backup itself says that it is as it was made")
        .inFile(folder);
  }

  private Optional<Verification.Selection> selection(Depth depth) {
    return switch (depth) {
      case Depth.Manifest manifest -> Optional.empty();
      case Depth.Stored stored -> Optional.empty();
      case Depth.Unpacked unpacked -> Optional.of(archive -> member -> true);
      case Depth.Sample sample -> {
        // Another sample each time; over time all is looked at.
        Random random = new Random(services.environment().ids().get().hashCode());
        // Never nothing, however small the backup is.
        IntPredicate share = member -> member == 0 || random.nextInt(100) < sample.percent();
        yield Optional.of(archive -> share);
      }
    };
  }
}
