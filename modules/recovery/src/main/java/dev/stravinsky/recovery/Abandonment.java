package dev.stravinsky.recovery;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Recovery.Abandoned;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closes one transaction that cannot be ended, and loses nothing of it. */
final class Abandonment {
  private final Services services;
  private final String id;
  private final List<Problem> warnings = new ArrayList<>();

  Abandonment(Services services, String id) {
    this.services = services;
    this.id = id;
  }

  Abandoned run() throws IOException {
    TransactionRecord wanted = interrupted();
    try (Lease lock =
        services.transactions().lock(services.targets().of(wanted.scope()), LockMode.EXCLUSIVE)) {
      // Before the journal goes: without one the next command sweeps what is pending.
      Optional<String> backup = keptBackup(wanted);
      List<Path> sides = services.transactions().abandon(wanted);
      tell(wanted, sides, backup);
      return new Abandoned(sides, backup, warnings);
    }
  }

  private TransactionRecord interrupted() throws IOException {
    try {
      return services.transactions().interrupted().stream()
          .filter(each -> each.id().equals(id))
          .findFirst()
          .orElseThrow(this::noSuchTransaction);
    } catch (DamagedException e) {
      if (!hasJournal()) {
        throw noSuchTransaction();
      }
      // A journal that cannot be read is what abandoning is for; its name is all that is needed.
      return new TransactionRecord(
          id,
          Scope.USER,
          "transaction",
          State.STAGING,
          services.environment().clock().instant(),
          List.of(),
          List.of(),
          Map.of(),
          true,
          Optional.of(e.problems().getFirst()));
    }
  }

  private boolean hasJournal() throws IOException {
    Path journals = services.environment().home().journal();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(journals)) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        if (name.endsWith(".journal") && name.substring(0, name.indexOf('.')).equals(id)) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private NotFoundException noSuchTransaction() {
    return new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "no interrupted transaction is called " + id)
            .leaving("nothing was changed")
            .next("stravinsky recovery emergency"));
  }

  /** The new version's backup, unless it is known that the version never came into force. */
  private Optional<String> keptBackup(TransactionRecord wanted) throws IOException {
    if (wanted.state() == State.COMMITTED) {
      try {
        return services.backups().publish(id).map(Backup::id).map(Object::toString);
      } catch (IOException e) {
        warnings.add(IoProblems.of(e, services.environment().home().backups()));
      } catch (StravinskyException e) {
        warnings.addAll(e.problems());
      }
    } else if (wanted.damage().isEmpty()) {
      return Optional.empty();
    }
    return services.backups().keepPending(id).map(Path::toString);
  }

  private void tell(TransactionRecord wanted, List<Path> sides, Optional<String> backup) {
    Map<String, String> details = new HashMap<>();
    details.put("operation", "abandon");
    details.put("abandoned", wanted.kind() + " " + id);
    details.put("sides_kept", String.valueOf(sides.size()));
    backup.ifPresent(kept -> details.put("backup_kept", kept));
    EventDraft event =
        EventDraft.of(
                id + "-ABANDONED",
                EventType.RECOVERY_ATTEMPT,
                EventStatus.SUCCESS,
                wanted.scope().key())
            .withDetails(details);
    try {
      services.audit().append(event);
    } catch (IOException e) {
      // It is closed, and what is left of it is named; a trail on a full disk changes neither.
      services.audit().appendLate(event);
      warnings.add(
          Problem.of(
              IoProblems.kind(e),
              "an event could not be written to the trail yet: " + e.getMessage()));
    } catch (StravinskyException e) {
      warnings.addAll(e.problems());
    }
  }
}
