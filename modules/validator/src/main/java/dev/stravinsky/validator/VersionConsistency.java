package dev.stravinsky.validator;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is live is one version, and the one that is being installed: no file of the change is left
 * as another version has it, and nobody else has moved the version meanwhile.
 */
final class VersionConsistency implements Validator {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  private final Services services;

  VersionConsistency(Services services) {
    this.services = services;
  }

  @Override
  public String id() {
    return "version-consistency";
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
    return "The live files are those of one version, and the version on record is still the one"
        + " before or already the new one.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>();
    mixture(context).ifPresent(findings::add);
    context.toVersion().flatMap(to -> pointer(context, to)).ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> mixture(CheckContext context) throws IOException {
    int installed = 0;
    List<TargetPath> others = new ArrayList<>();
    for (Map.Entry<TargetPath, EntryState> entry : context.expected().entrySet()) {
      if (context.cancellation().requested()) {
        return Optional.empty();
      }
      if (InstalledState.at(entry.getKey(), entry.getValue()).equals(entry.getValue())) {
        installed++;
      } else if (!entry.getValue().equals(EntryState.ABSENT)) {
        others.add(entry.getKey());
      }
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    others.sort(InstalledState.BY_PLACE);
    return Optional.of(
        mismatch(
                others.size()
                    + " of "
                    + (installed + others.size())
                    + " changed entries are not those of "
                    + context.toVersion().map(Version::value).orElse("the new state"))
            .inFile(others.getFirst().live()));
  }

  /** The record moves with the commit, so before it the old version is right, too. */
  private Optional<Finding> pointer(CheckContext context, Version to) {
    try {
      Version recorded = services.installed().current(context.scope());
      return recorded.equals(context.fromVersion()) || recorded.equals(to)
          ? Optional.empty()
          : Optional.of(
              mismatch(
                      "the version on record is "
                          + recorded
                          + ", neither "
                          + context.fromVersion()
                          + " nor "
                          + to)
                  .inFile(services.environment().home().latest()));
    } catch (IOException e) {
      return Optional.of(mismatch("the version on record cannot be read: " + e.getMessage()));
    }
  }

  private Finding mismatch(String message) {
    return Finding.of(id(), Severity.BLOCK, ErrorKind.VERSION_MISMATCH, message);
  }
}
