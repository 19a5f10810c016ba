package dev.stravinsky.validator;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was installed is there. What is deleted goes after the commit, so is no matter.
 */
final class FilesPresent implements Validator {

  @Override
  public String id() {
    return "files-present";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "Every file, link and folder of the change is there.";
  }

  @Override
  public List<Finding> check(CheckContext context) {
    return context.expected().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(EntryState.ABSENT))
        .map(Map.Entry::getKey)
        .sorted(InstalledState.BY_PLACE)
        .takeWhile(place -> !context.cancellation().requested())
        .flatMap(place -> look(place).stream())
        .toList();
  }

  private Optional<Finding> look(TargetPath place) {
    Path live = place.live();
    try {
      Files.readAttributes(live, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(
          finding(ErrorKind.PARTIAL_WRITE, "was installed but is not there").inFile(live));
    } catch (IOException e) {
      // Not to be able to look is another error than absence, with a row of its own.
      Problem problem = IoProblems.of(e, live);
      return Optional.of(
          finding(problem.kind(), "cannot be looked at: " + problem.message()).inFile(live));
    }
  }

  private Finding finding(ErrorKind kind, String message) {
    return Finding.of(id(), Severity.BLOCK, kind, message);
  }
}
