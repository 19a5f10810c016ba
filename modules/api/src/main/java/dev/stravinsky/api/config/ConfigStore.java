package dev.stravinsky.api.config;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads and changes {@code config.json}; the environment's {@code STRAVINSKY_...} outrank it. */
public interface ConfigStore {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<ConfigStore> {}

  /**
   * The settings in force; defaults where nothing is said, also with no file at all.
   *
   * @throws dev.stravinsky.api.error.UsageException with every error at once, each with its JSON
   *     path and line
   */
  Settings load() throws IOException;

  /** Every known key in a stable order with the value in force. Throws like {@link #load()}. */
  List<Entry> entries() throws IOException;

  /**
   * Sets a key, durably and leaving everything else in the file as it is. The file is not changed
   * if key or value is not valid, or if the file was broken before.
   *
   * @param key for example {@code backup.max_versions}
   * @param value as JSON, or a bare word where the key takes text
   * @throws dev.stravinsky.api.error.UsageException if the key is unknown or the value cannot be
   *     taken
   */
  void set(String key, String value) throws IOException;

  /** The file, which need not exist. */
  Path file();

  /**
   * A key with its value in force.
   *
   * @param value as JSON text
   * @param source where the value is from
   */
  record Entry(String key, String value, Source source) {}

  /** Where a value is from. */
  enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT
  }
}
