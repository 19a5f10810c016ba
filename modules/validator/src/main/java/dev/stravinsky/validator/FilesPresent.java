package dev.stravinsky.validator;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CheckContext.Place;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.List;
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
        .map(java.util.Map.Entry::getKey)
        .filter(place -> !Files.exists(place.live(), LinkOption.NOFOLLOW_LINKS))
        .sorted(InstalledState.BY_PLACE)
        .map(this::missing)
        .toList();
  }

  private Finding missing(Place place) {
    return Finding.of(
            id(), Severity.BLOCK, ErrorKind.PARTIAL_WRITE, "was installed but is not there")
        .inFile(place.live());
  }
}
