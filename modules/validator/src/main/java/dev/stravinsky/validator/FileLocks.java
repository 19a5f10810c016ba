package dev.stravinsky.validator;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** No other program holds a lock on a file that is to be replaced. Waits a little for it to go. */
final class FileLocks implements Validator {
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(5);
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
    return MOST_PATIENCE.plus(DEFAULT_TIME_LIMIT);
  }

  @Override
  public String explanation() {
    return "A file with a lock of another program (fcntl or flock) is not replaced under it; the"
        + " check waits safety.lock_timeout_seconds, 5 at most, for the lock to be freed.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    boolean installing = !context.changed().isEmpty();
    Map<Path, Path> files = installing ? toBeReplaced(context) : all(context);
    Map<Path, Path> locked = locked(files, context);
    long deadline = System.nanoTime() + patience(context).toNanos();
    while (installing
        && !locked.isEmpty()
        && System.nanoTime() < deadline
        && !context.cancellation().requested()) {
      Thread.sleep(POLL_MILLIS);
      locked = locked(locked, context);
    }
    Severity severity = installing ? Severity.BLOCK : Severity.WARN;
    List<Finding> findings = new ArrayList<>();
    locked.forEach((live, content) -> findings.add(finding(severity, live, content)));
    return findings;
  }

  private static Duration patience(CheckContext context) {
    Duration wanted = Duration.ofSeconds(context.settings().safety().lockTimeoutSeconds());
    return wanted.compareTo(MOST_PATIENCE) < 0 ? wanted : MOST_PATIENCE;
  }

  /** Live files with the place of their content. */
  private static Map<Path, Path> toBeReplaced(CheckContext context) {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (TargetPath place : context.changed()) {
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

  /** One that cannot be asked about is told only if no other is locked, which is worse. */
  private Map<Path, Path> locked(Map<Path, Path> files, CheckContext context)
      throws CouldNotCheckException {
    Map<Path, Path> locked = new LinkedHashMap<>();
    Optional<String> unknown = Optional.empty();
    for (Map.Entry<Path, Path> file : files.entrySet()) {
      if (context.cancellation().requested()) {
        break;
      }
      Path content = file.getValue();
      try {
        if (Presence.isRegularFile(content) && platform.lockedByOther(content)) {
          locked.put(file.getKey(), content);
        }
      } catch (NoSuchFileException e) {
        // Its owner has just removed it: nobody can hold what is not there.
        continue;
      } catch (IOException e) {
        String why = "whether " + content + " is locked: " + e.getMessage();
        unknown = unknown.or(() -> Optional.of(why));
      }
    }
    if (locked.isEmpty() && unknown.isPresent()) {
      throw new CouldNotCheckException(unknown.get());
    }
    return locked;
  }

  private Finding finding(Severity severity, Path file, Path content) {
    return Finding.of(
            id(), severity, ErrorKind.FILE_LOCKED, holder(content) + " holds a lock on this file")
        .inFile(file)
        .withHint("close the program that uses it (fuser " + file + "), then try again");
  }

  private String holder(Path content) {
    try {
      List<String> holders = platform.lockHolders(content);
      return holders.isEmpty() ? "another program" : String.join(" and ", holders);
    } catch (IOException e) {
      // Who it is only helps; that it is locked is known.
      return "another program";
    }
  }
}
