package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;

/** A folder of its own for each release that is opened, all under the home's staging. */
final class StagingArea {
  private final Environment environment;

  StagingArea(Environment environment) {
    this.environment = environment;
  }

  /** A new empty folder. */
  Path create() throws IOException {
    Path staging = environment.home().staging();
    Durable.createDirectories(staging);
    Path folder = staging.resolve("release-" + environment.ids().get());
    FileWrites.createDirectory(folder, FileWrites.PRIVATE_DIRECTORY);
    return folder;
  }

  /** Removes the folder that {@code inside} is in; what is not in the staging area stays. */
  void remove(Path inside) throws IOException {
    Path staging = environment.home().staging();
    Path path = inside.toAbsolutePath().normalize();
    if (path.startsWith(staging) && !path.equals(staging)) {
      Path below = staging.relativize(path);
      FileWrites.deleteTree(staging.resolve(below.getName(0)));
    }
  }

  /** Removes it after a failure, which stays the one that is told. */
  void removeAfter(Throwable failure, Path folder) {
    try {
      FileWrites.deleteTree(folder);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
