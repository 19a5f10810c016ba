package dev.stravinsky.claude;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The programs on a {@code PATH}. */
public final class Programs {
  private final Map<String, String> variables;
  private final Path anyPath;

  /** {@code anyPath} says on which file system programs are looked for. */
  public Programs(Map<String, String> variables, Path anyPath) {
    this.variables = variables;
    this.anyPath = anyPath;
  }

  /** The first executable of this name; like a shell, past what may not be looked at. */
  public Optional<Path> find(String name) {
    for (String folder : variables.getOrDefault("PATH", "").split(":")) {
      try {
        Path candidate = anyPath.getFileSystem().getPath(folder, name);
        if (candidate.isAbsolute()
            && Files.isRegularFile(candidate)
            && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      } catch (InvalidPathException e) {
        // Not a name that a program could have.
      }
    }
    return Optional.empty();
  }

  /** The first executable of this name, if this machine can start it: not on a made-up disk. */
  public Optional<Path> findRunnable(String name) {
    return canRun() ? find(name) : Optional.empty();
  }

  /** Whether programs that are found can be started: not on a made-up disk. */
  public boolean canRun() {
    return anyPath.getFileSystem().provider().getScheme().equals("file");
  }
}
