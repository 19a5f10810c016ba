package dev.stravinsky.chaos;

import dev.stravinsky.api.Services;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands that are put to the test: the rows of the matrix. Each can be typed again. */
enum Operation {
  UPDATE("update v2, with v1 installed", Preparation::installFirst, c -> c.update("v2")),
  DOWNLOAD(
      "update from a web server, with v1 installed",
      Preparation::publishSecond,
      Commands::download),
  ROLLBACK("rollback to v1, with v2 over v1", Preparation::installBoth, c -> c.rollBackTo("v1")),
  BACKUP("backup create, with changes that no backup has", Preparation::spoil, Commands::backUp),
  BACKUP_AGAIN(
      "backup create, with nothing changed since the last one",
      Preparation::backUp,
      Commands::backUp),
  VERIFY("backup verify --read-data", Preparation::spoil, Commands::verify),
  RETENTION(
      "backup cleanup --keep 1, two years later",
      Preparation::installBoth,
      Commands::cleanUp,
      Duration.ofDays(800)),
  AUDIT_WRITE(
      "an event is appended to a log that is due for rotation",
      Preparation::installBoth,
      Commands::append,
      Duration.ofDays(100)),
  AUDIT_VERIFY("audit verify", Preparation::installBoth, Commands::verifyTrail),
  PLUGIN_INSTALL(
      "plugin install, over an older version", Preparation::plugin, Commands::installPlugin),
  RECOVER_FILE(
      "recovery file of a file that was changed after the backup",
      Preparation::spoil,
      c -> c.recoverFile("hooks/pre_edit.py")),
  RECOVER_DIRECTORY(
      "recovery directory, with files below it changed, deleted and made",
      Preparation::spoil,
      c -> c.recoverDirectory("hooks", "v2")),
  RECOVER_VERSION(
      "recovery version, with files changed, deleted and made",
      Preparation::spoil,
      c -> c.recoverVersion("v2")),
  RECOVER_VERSION_BY_RENAME(
      "the same where nothing can be exchanged: each file is renamed aside first",
      Preparation::spoilWithoutExchange,
      c -> c.recoverVersion("v2")),
  RECOVERY_BEFORE_COMMIT(
      "what undoes an update that was killed in the middle of its swap",
      Preparation::interruptBeforeCommit,
      Commands::resume),
  RECOVERY_AFTER_COMMIT(
      "what finishes an update that was killed right after its commit record",
      Preparation::interruptAfterCommit,
      Commands::resume);

  private final String explanation;
  private final Preparing preparation;
  private final Typing command;
  private final Duration later;

  Operation(String explanation, Preparing preparation, Typing command) {
    this(explanation, preparation, command, Duration.ofHours(1));
  }

  Operation(String explanation, Preparing preparation, Typing command, Duration later) {
    this.explanation = explanation;
    this.preparation = preparation;
    this.command = command;
    this.later = later;
  }

  /** Brings an empty sandbox to where the command is typed. */
  @FunctionalInterface
  interface Preparing {
    void prepare(Sandbox sandbox) throws IOException;
  }

  /** The command. */
  @FunctionalInterface
  interface Typing {
    Ending type(Commands commands) throws IOException;
  }

  static Optional<Operation> of(String id) {
    return Arrays.stream(values()).filter(o -> o.id().equals(id)).findFirst();
  }

  /** As it is typed: {@code recover-file}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is done, in a line. */
  String explanation() {
    return explanation;
  }

  /** For people. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  void prepare(Sandbox sandbox) throws IOException {
    preparation.prepare(sandbox);
  }

  /** When the command is typed, after the sandbox's beginning. */
  Duration later() {
    return later;
  }

  /** Types the command. */
  Ending run(Services services) {
    return Ending.of(() -> command.type(new Commands(services)));
  }

  /** Whether it begins with a transaction half done, and may only end with one that is over. */
  boolean isCrashRecovery() {
    return this == RECOVERY_BEFORE_COMMIT || this == RECOVERY_AFTER_COMMIT;
  }

  /** Whether a file is at each moment old or new, and never missing. */
  boolean exchanges() {
    return this != RECOVER_VERSION_BY_RENAME;
  }

  /** Whether it takes what it brings from backups. */
  boolean restores() {
    return switch (this) {
      case ROLLBACK, RECOVER_FILE, RECOVER_DIRECTORY, RECOVER_VERSION, RECOVER_VERSION_BY_RENAME ->
          true;
      default -> false;
    };
  }

  /** Whether it changes what is in the targets. */
  boolean exchangesFiles() {
    return restores() || this == UPDATE || this == DOWNLOAD;
  }

  /** Whether all that is in the targets is in a backup when it is done. */
  boolean backsUp() {
    return this == BACKUP || this == BACKUP_AGAIN;
  }

  /** Why such a fault would mean nothing to it; empty if it means something. */
  Optional<String> cannotMeet(FaultKind kind) {
    return Gaps.reason(this, kind);
  }
}
