package dev.stravinsky.api;

import java.nio.file.Path;
import java.util.Objects;

/** For whom a release is installed. The installed version and the history are kept per scope. */
public sealed interface Scope {

  /** The user's own configuration. */
  Scope USER = new User();

  static Scope project(Path root) {
    return new Project(root);
  }

  /**
   * How the scope is written in formats: {@code user}, or {@code project:} and the project's URI.
   */
  String key();

  /** The level's folder inside archives: {@code global} or {@code project}. */
  String level();

  /** The user's configuration. */
  record User() implements Scope {
    @Override
    public String key() {
      return "user";
    }

    @Override
    public String level() {
      return "global";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof User;
    }

    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public String toString() {
      return "user";
    }
  }

  /**
   * One project's configuration.
   *
   * @param root the absolute, real path of the folder that holds {@code .claude}
   */
  record Project(Path root) implements Scope {
    public Project {
      Objects.requireNonNull(root);
      if (!root.isAbsolute()) {
        throw new IllegalArgumentException("a project's root is absolute: " + root);
      }
    }

    @Override
    public String key() {
      return "project:" + EntryPath.relativize(root.getRoot(), root).encoded();
    }

    @Override
    public String level() {
      return "project";
    }

    @Override
    public String toString() {
      return "project " + root;
    }
  }
}
