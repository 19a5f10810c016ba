package dev.stravinsky.api;

import java.nio.file.Path;

/**
 * Where everything of the product is kept on disk: the one place that knows the layout.
 *
 * @param directory {@code ~/.stravinsky/rollback}, or what {@code --home} names
 */
public record Home(Path directory) {

  public Path backups() {
    return directory.resolve("backups");
  }

  public Path projectBackups() {
    return backups().resolve("projects");
  }

  /** What is installed, per scope. */
  public Path latest() {
    return backups().resolve("latest.json");
  }

  /** Which versions updates leave alone, per scope. */
  public Path holds() {
    return directory.resolve("holds.json");
  }

  /** Each release as published, while it is anyone's merge base. */
  public Path releases() {
    return directory.resolve("releases");
  }

  /** What is remembered of channels, so that no old one is taken for the newest. */
  public Path channels() {
    return directory.resolve("channels");
  }

  public Path audit() {
    return directory.resolve("audit");
  }

  public Path operationsLog() {
    return audit().resolve("operations.log");
  }

  /** The trail's index, an SQLite file. */
  public Path index() {
    return audit().resolve("audit.db");
  }

  /** Events that could not be written to the trail yet. */
  public Path lateEvents() {
    return directory.resolve("late-events");
  }

  public Path recovery() {
    return directory.resolve("recovery");
  }

  /** Downloads and unpacked releases. */
  public Path staging() {
    return recovery().resolve("staging");
  }

  public Path journal() {
    return recovery().resolve("journal");
  }

  public Path quarantine() {
    return recovery().resolve("quarantine");
  }

  public Path conflicts() {
    return recovery().resolve("conflicts");
  }

  public Path config() {
    return directory.resolve("config.json");
  }

  public Path lock() {
    return directory.resolve("lock");
  }

  /** Space for the moment in which the disk is full. */
  public Path reserve() {
    return directory.resolve("reserve");
  }

  public Path lockOwner() {
    return directory.resolve("lock.owner");
  }
}
