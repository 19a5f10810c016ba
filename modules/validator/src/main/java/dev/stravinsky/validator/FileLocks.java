package dev.stravinsky.validator;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CheckContext.Place;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No other program holds a lock on a file that is to be replaced. Waits a little for it to go. */
final class FileLocks implements Validator {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 100;

  private final PlatformFiles platform;

  FileLocks(PlatformFiles platform) {
    this.platform = platform;
  }

  @Override
  public String id() {
    return "file-locks";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    return PATIENCE.plus(DEFAULT_TIME_LIMIT);
  }

  @Override
  public String explanation() {
    return "A file with a lock of another program (fcntl or flock) is not replaced under it; the"
        + " check waits up to 5 seconds for the lock to be freed.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    boolean installing = !context.changed().isEmpty();
    Map<Path, Path> files = installing ? toBeReplaced(context) : all(context);
    Map<Path, Path> locked = locked(files, context);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (installing
        && !locked.isEmpty()
        && System.nanoTime() < deadline
        && !context.cancellation().requested()) {
      Thread.sleep(POLL_MILLIS);
      locked = locked(locked, context);
    }
    Severity severity = installing ? Severity.BLOCK : Severity.WARN;
    return locked.keySet().stream().map(file -> finding(severity, file)).toList();
  }

  /** Live files with the place of their content. */
  private static Map<Path, Path> toBeReplaced(CheckContext context) {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (Place place : context.changed()) {
      context.nodeAt(place.live()).ifPresent(node -> files.put(place.live(), node.content()));
    }
    return files;
  }

  private static Map<Path, Path> all(CheckContext context) {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (TargetView view : context.targets()) {
      for (TargetView.Node node : view.nodes()) {
        files.put(node.path().resolveIn(view.target().root()), node.content());
      }
    }
    return files;
  }

  private Map<Path, Path> locked(Map<Path, Path> files, CheckContext context)
      throws CouldNotCheckException {
    Map<Path, Path> locked = new LinkedHashMap<>();
    for (Map.Entry<Path, Path> file : new ArrayList<>(files.entrySet())) {
      if (context.cancellation().requested()) {
        break;
      }
      if (Files.isRegularFile(file.getValue()) && isLocked(file.getValue())) {
        locked.put(file.getKey(), file.getValue());
      }
    }
    return locked;
  }

  private boolean isLocked(Path content) throws CouldNotCheckException {
    try {
      return platform.lockedByOther(content);
    } catch (IOException e) {
      throw new CouldNotCheckException("whether " + content + " is locked: " + e.getMessage());
    }
  }

  private Finding finding(Severity severity, Path file) {
    return Finding.of(
            id(), severity, ErrorKind.FILE_LOCKED, "another program holds a lock on this file")
        .inFile(file)
        .withHint("close the program that uses it (fuser " + file + "), then try again");
  }
}
