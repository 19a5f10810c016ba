package dev.stravinsky.validator;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The backups that one would go back to are intact: the newest, and the installed version's. One
 * damaged backup is an old fault and warns, since the update makes a new one and reads it back. If
 * none that was read is intact, the place itself is not to be trusted, and that blocks.
 */
final class PreviousBackups implements Validator {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  private final Services services;

  PreviousBackups(Services services) {
    this.services = services;
  }

  @Override
  public String id() {
    return "previous-backups";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    return TIME_LIMIT;
  }

  @Override
  public String explanation() {
    return "The newest backup and the installed version's: manifest, archives against their"
        + " checksums, and backup.spot_check_percentage of the entries unpacked. Damage warns; no"
        + " intact one at all blocks.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    try {
      List<Finding> damaged = new ArrayList<>();
      List<Backup> chosen = chosen(context.scope());
      int intact = 0;
      for (Backup backup : chosen) {
        if (context.cancellation().requested()) {
          return damaged;
        }
        List<Problem> damage = damage(backup, context);
        if (damage.isEmpty()) {
          intact++;
        } else {
          damaged.add(finding(backup, damage));
        }
      }
      Severity severity = intact > 0 ? Severity.WARN : Severity.BLOCK;
      return damaged.stream().map(f -> f.withSeverity(severity)).toList();
    } catch (IOException e) {
      // An I/O error is no proof of damage.
      throw new CouldNotCheckException("the backups cannot be read: " + e.getMessage());
    }
  }

  private List<Backup> chosen(Scope scope) throws IOException {
    Map<BackupId, Backup> chosen = new LinkedHashMap<>();
    services.backups().list(scope).stream().findFirst().ifPresent(b -> chosen.put(b.id(), b));
    var history = services.installed().history(scope);
    if (!history.isEmpty()) {
      services
          .backups()
          .find(scope, history.getFirst().installed())
          .ifPresent(b -> chosen.put(b.id(), b));
    }
    return List.copyOf(chosen.values());
  }

  private List<Problem> damage(Backup backup, CheckContext context) throws IOException {
    int percent = context.settings().backup().spotCheckPercentage();
    try {
      VerificationReport report =
          services.backups().verify(backup, new Depth.Sample(percent), Progress.NONE);
      return report.damage();
    } catch (DamagedException e) {
      return e.problems();
    }
  }

  private Finding finding(Backup backup, List<Problem> damage) {
    String more = damage.size() > 1 ? " and " + (damage.size() - 1) + " more" : "";
    return Finding.of(
            id(),
            Severity.WARN,
            ErrorKind.CORRUPTED_BACKUP,
            "backup " + backup.id() + " is damaged: " + damage.getFirst().located() + more)
        .inFile(backup.directory())
        .withHint(
            "put it into quarantine and see which older one is intact: stravinsky backup"
                + " verify "
                + backup.id());
  }
}
