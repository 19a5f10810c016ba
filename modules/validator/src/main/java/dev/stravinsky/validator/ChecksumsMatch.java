package dev.stravinsky.validator;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Everything that was installed is what it should be, to the byte and the mode. */
final class ChecksumsMatch implements Validator {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  @Override
  public String id() {
    return "checksums-match";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    return TIME_LIMIT;
  }

  @Override
  public String explanation() {
    return "Type, content, mode and link target of everything in the change are read again.";
  }

  @Override
  public List<Finding> check(CheckContext context) {
    return context.expected().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(EntryState.ABSENT))
        .sorted((one, other) -> InstalledState.BY_PLACE.compare(one.getKey(), other.getKey()))
        .takeWhile(entry -> !context.cancellation().requested())
        .flatMap(entry -> compare(entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  private Optional<Finding> compare(TargetPath place, EntryState expected) {
    try {
      return difference(expected, InstalledState.at(place, expected))
          .map(message -> Finding.of(id(), Severity.BLOCK, ErrorKind.PARTIAL_WRITE, message))
          .map(finding -> finding.inFile(place.live()));
    } catch (IOException e) {
      var problem = IoProblems.of(e, place.live());
      return Optional.of(
          Finding.of(id(), Severity.BLOCK, problem.kind(), "cannot be read: " + problem.message())
              .inFile(place.live()));
    }
  }

  private static Optional<String> difference(EntryState expected, EntryState live) {
    if (live.equals(EntryState.ABSENT) || live.equals(expected)) {
      // What is not there is told by files-present.
      return Optional.empty();
    }
    if (expected instanceof EntryState.Regular wanted && live instanceof EntryState.Regular found) {
      if (!wanted.sha256().equals(found.sha256())) {
        return Optional.of(
            "is not what was installed: "
                + found.sizeBytes()
                + " bytes, expected "
                + wanted.sizeBytes()
                + ", and another checksum");
      }
      return Optional.of("has mode " + octal(found.mode()) + ", expected " + octal(wanted.mode()));
    }
    return Optional.of("is " + spoken(live) + ", expected " + spoken(expected));
  }

  private static String spoken(EntryState state) {
    return switch (state) {
      case EntryState.Absent absent -> "nothing";
      case EntryState.Regular file -> "a file";
      case EntryState.Link link -> "a link to " + link.target();
      case EntryState.Directory directory -> "a folder of mode " + octal(directory.mode());
    };
  }

  private static String octal(int mode) {
    return String.format(Locale.ROOT, "%04o", mode);
  }
}
