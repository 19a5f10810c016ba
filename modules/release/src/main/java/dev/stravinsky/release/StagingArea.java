package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A folder of its own for each release that is opened, all under the home's staging. */
final class StagingArea {
  private final Environment environment;
  private final Map<Path, ScratchFolder> open = new ConcurrentHashMap<>();

  StagingArea(Environment environment) {
    this.environment = environment;
  }

  /** A new empty folder. */
  Path create() throws IOException {
    ScratchFolder folder =
        ScratchFolder.create(
            environment.platform(),
            environment.home().staging(),
            () -> "release-" + environment.ids().get());
    open.put(folder.directory(), folder);
    return folder.directory();
  }

  /** Removes the folder that {@code inside} is in; what was not made here stays. */
  void remove(Path inside) throws IOException {
    Path staging = environment.home().staging();
    Path path = inside.toAbsolutePath().normalize();
    if (path.startsWith(staging) && !path.equals(staging)) {
      ScratchFolder folder = open.remove(staging.resolve(staging.relativize(path).getName(0)));
      if (folder != null) {
        folder.close();
      }
    }
  }

  /** Removes it after a failure, which stays the one that is told. */
  void removeAfter(Throwable failure, Path folder) {
    try {
      remove(folder);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
