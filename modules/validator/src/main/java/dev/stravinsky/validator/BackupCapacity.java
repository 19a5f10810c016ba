package dev.stravinsky.validator;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** There is a place for one more backup, and what the limits will do to the older ones. */
final class BackupCapacity implements Validator {
  private static final long BYTES_IN_MB = 1_000_000;

  private final Services services;

  BackupCapacity(Services services) {
    this.services = services;
  }

  @Override
  public String id() {
    return "backup-capacity";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "A folder for backups that cannot be one blocks. Backups that reach"
        + " backup.max_total_size_mb warn: cleaning up then deletes the oldest.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    Path folder = services.environment().home().backups();
    if (Presence.exists(folder) && !Presence.isDirectory(folder)) {
      return List.of(
          Finding.of(
                  id(),
                  Severity.BLOCK,
                  ErrorKind.UNKNOWN,
                  "backups are kept here, but it is a file")
              .inFile(folder)
              .withHint("move it away"));
    }
    return sizes(context, folder);
  }

  private List<Finding> sizes(CheckContext context, Path folder) throws CouldNotCheckException {
    var limits = context.settings().backup();
    List<Finding> findings = new ArrayList<>();
    List<Backup> backups;
    try {
      backups = services.backups().list(context.scope());
    } catch (IOException e) {
      throw new CouldNotCheckException("the backups cannot be listed: " + e.getMessage());
    }
    long stored = backups.stream().mapToLong(b -> b.manifest().sizeBytes()).sum();
    // The last backup is the best guess for the next one's size.
    long next = backups.isEmpty() ? 0 : backups.getFirst().manifest().sizeBytes();
    long limit = limits.maxTotalSizeMb() * BYTES_IN_MB;
    if (stored + next > limit) {
      findings.add(
          Finding.of(
                  id(),
                  Severity.WARN,
                  ErrorKind.DISK_FULL,
                  "the backups take "
                      + Sizes.spoken(stored)
                      + ", another one like the last would"
                      + " exceed backup.max_total_size_mb ("
                      + limits.maxTotalSizeMb()
                      + ")")
              .inFile(folder)
              .withHint("see what a cleanup would delete: stravinsky backup cleanup --dry-run"));
    } else if (backups.size() >= limits.maxVersions()) {
      findings.add(
          Finding.of(
              id(),
              Severity.INFO,
              ErrorKind.UNKNOWN,
              backups.size()
                  + " backups, backup.max_versions is "
                  + limits.maxVersions()
                  + ": the oldest go when they are old enough"));
    }
    return findings;
  }
}
