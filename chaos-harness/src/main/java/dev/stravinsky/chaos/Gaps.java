package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.plugin.HungryPlugin;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The cells of the matrix that would mean nothing. */
final class Gaps {
  private static final Set<Operation> WITHOUT_TRANSACTION =
      EnumSet.of(
          Operation.BACKUP,
          Operation.BACKUP_AGAIN,
          Operation.VERIFY,
          Operation.RETENTION,
          Operation.AUDIT_WRITE,
          Operation.AUDIT_VERIFY,
          Operation.PLUGIN_INSTALL);

  private static final Set<Operation> WITHOUT_USERS_FILES =
      EnumSet.of(
          Operation.VERIFY,
          Operation.RETENTION,
          Operation.AUDIT_WRITE,
          Operation.AUDIT_VERIFY,
          Operation.PLUGIN_INSTALL);

  private static final Set<FaultKind> OF_CHANGES =
      EnumSet.of(
          FaultKind.DISK_FULL,
          FaultKind.DISK_STAYS_FULL,
          FaultKind.IO_ERROR,
          FaultKind.PERMISSION,
          FaultKind.READ_ONLY,
          FaultKind.SHORT_WRITE,
          FaultKind.KILLED,
          FaultKind.POWER_CUT,
          FaultKind.SECOND_COMMAND,
          FaultKind.CLOCK_BACK,
          FaultKind.CLOCK_2038,
          FaultKind.CLOCK_LEAP);

  private Gaps() {}

  /** Why; empty for the others. */
  static Optional<String> reason(Operation operation, FaultKind kind) {
    if (kind.isOfTheNetwork() && operation != Operation.DOWNLOAD) {
      return Optional.of("it uses no network");
    }
    if (operation == Operation.AUDIT_VERIFY && OF_CHANGES.contains(kind)) {
      return Optional.of("it changes nothing");
    }
    return switch (kind) {
      case STAGED, JOURNAL, SHORT_THEN_KILLED -> transaction(operation, kind);
      case EVENT_BETWEEN -> appending(operation);
      case MERGE_BASE -> merging(operation);
      case LOCK_POSIX, LOCK_FLOCK, FOREIGN_WRITE -> usersFiles(operation);
      case LOCK_HELD, LOCK_LEFT -> homeLock(operation);
      case SECOND_COMMAND -> second(operation);
      case ARCHIVE, MANIFEST, CHECKSUMS, POINTER -> backups(operation, kind);
      case CONFIG, AUDIT_LOG, AUDIT_HEAD -> home(operation);
      case INDEX -> index(operation);
      case PLUGIN_MEMORY -> plugin(operation);
      default -> Optional.empty();
    };
  }

  /** Why a fault cannot be had where the trials take place. */
  static Optional<String> on(Ground ground, FaultKind kind) {
    if (!ground.isDisk()) {
      return Optional.empty();
    }
    return switch (kind) {
      case POWER_CUT -> Optional.of("a real disk loses nothing while the machine runs");
      case LOCK_HELD, LOCK_LEFT, LOCK_POSIX, LOCK_FLOCK ->
          Optional.of("real locks need other processes, and are tried with the whole program");
      default -> Optional.empty();
    };
  }

  private static Optional<String> transaction(Operation operation, FaultKind kind) {
    if (WITHOUT_TRANSACTION.contains(operation)) {
      return Optional.of("it exchanges no files, and so has no staged ones and no journal");
    }
    return operation == Operation.RECOVERY_AFTER_COMMIT && kind != FaultKind.STAGED
        ? Optional.of("after the commit nothing is exchanged any more")
        : Optional.empty();
  }

  private static Optional<String> appending(Operation operation) {
    return switch (operation) {
      case VERIFY, AUDIT_VERIFY, PLUGIN_INSTALL -> Optional.of("it appends at most one event");
      case AUDIT_WRITE -> Optional.of("it appends one event, in whose midst nobody else can");
      default -> Optional.empty();
    };
  }

  private static Optional<String> merging(Operation operation) {
    return switch (operation) {
      case UPDATE, DOWNLOAD, ROLLBACK -> Optional.empty();
      default -> Optional.of("it merges nothing");
    };
  }

  private static Optional<String> usersFiles(Operation operation) {
    return WITHOUT_USERS_FILES.contains(operation)
        ? Optional.of("it touches no file of the user's")
        : Optional.empty();
  }

  private static Optional<String> homeLock(Operation operation) {
    return switch (operation) {
      case PLUGIN_INSTALL -> Optional.of("it replaces one file by one rename, and takes no lock");
      case AUDIT_WRITE -> Optional.of("the trail has a lock of its own, which is waited for");
      case AUDIT_VERIFY -> Optional.of("it takes no lock of the home's");
      default -> Optional.empty();
    };
  }

  private static Optional<String> second(Operation operation) {
    return operation == Operation.AUDIT_WRITE
        ? Optional.of("who appends waits for who appends, and cannot be typed in its midst")
        : Optional.empty();
  }

  private static Optional<String> backups(Operation operation, FaultKind kind) {
    return switch (operation) {
      case AUDIT_VERIFY ->
          kind == FaultKind.MANIFEST
              ? Optional.empty()
              : Optional.of("it reads of a backup no more than its manifest");
      case AUDIT_WRITE, PLUGIN_INSTALL -> Optional.of("it reads no backup");
      default -> Optional.empty();
    };
  }

  private static Optional<String> index(Operation operation) {
    return switch (operation) {
      case UPDATE, AUDIT_WRITE -> Optional.empty();
      default -> Optional.of("it appends to the trail as update does, and asks it nothing");
    };
  }

  private static Optional<String> plugin(Operation operation) {
    if (operation != Operation.UPDATE) {
      return Optional.of(
          operation == Operation.DOWNLOAD ? "its checks are those of update" : "it runs no checks");
    }
    return HungryPlugin.canRun()
        ? Optional.empty()
        : Optional.of("the plugin host is not here; it is in the distribution");
  }

  private static Optional<String> home(Operation operation) {
    return operation == Operation.PLUGIN_INSTALL
        ? Optional.of("it reads neither settings nor trail")
        : Optional.empty();
  }
}
