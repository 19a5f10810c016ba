package dev.stravinsky.validator;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Twice what is needed must be free, on each file system that is written to. */
final class DiskSpace implements Validator {
  private static final long BYTES_IN_MB = 1_000_000;
  private static final long SAFETY_FACTOR = 2;

  @Override
  public String id() {
    return "disk-space";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "Backup and staging need space. Less than twice what they need blocks; less than"
        + " safety.disk_space_threshold_mb left afterwards warns.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    try {
      List<Finding> findings = new ArrayList<>();
      for (Demand demand : demands(context).values()) {
        findings.addAll(judge(demand, context));
      }
      return findings;
    } catch (IOException e) {
      // No proof of a full disk; if it is full, the backup fails before anything is replaced.
      throw new CouldNotCheckException("the space cannot be looked at: " + e.getMessage());
    }
  }

  /** What is going to be written to one file system. */
  private record Demand(FileStore store, Path place, long bytes) {
    Demand plus(long more) {
      return new Demand(store, place, bytes + more);
    }
  }

  private static Map<FileStore, Demand> demands(CheckContext context)
      throws IOException, CouldNotCheckException {
    Map<FileStore, Demand> demands = new LinkedHashMap<>();
    add(demands, context.home(), Sizes.contentBytes(context));
    long staged = context.requiredBytes();
    for (TargetView view : context.targets()) {
      if (view.target().scope().equals(context.scope())) {
        add(demands, view.target().root(), 0);
      }
    }
    // Which target gets how much is not known here, so each file system must have room for all.
    demands.replaceAll((store, demand) -> demand.plus(staged));
    return demands;
  }

  private static void add(Map<FileStore, Demand> demands, Path place, long bytes)
      throws IOException, CouldNotCheckException {
    Path nearest = Nearest.existing(place);
    FileStore store;
    try {
      store = Files.getFileStore(nearest);
    } catch (UnsupportedOperationException | SecurityException e) {
      throw new CouldNotCheckException(
          "the file system of " + nearest + " tells nothing of itself");
    }
    demands.putIfAbsent(store, new Demand(store, nearest, 0));
    demands.computeIfPresent(store, (s, demand) -> demand.plus(bytes));
  }

  private List<Finding> judge(Demand demand, CheckContext context) throws Exception {
    long free = demand.store().getUsableSpace();
    long wanted = SAFETY_FACTOR * demand.bytes();
    if (free < wanted) {
      return List.of(
          finding(
                  Severity.BLOCK,
                  demand,
                  free,
                  "twice the "
                      + Sizes.spoken(demand.bytes())
                      + " that are needed would be "
                      + Sizes.spoken(wanted))
              .withHint("free disk space, then type the command again"));
    }
    long threshold = context.settings().safety().diskSpaceThresholdMb() * BYTES_IN_MB;
    long left = free - demand.bytes();
    if (left < threshold) {
      return List.of(
          finding(
                  Severity.WARN,
                  demand,
                  free,
                  Sizes.spoken(left) + " would be left, less than safety.disk_space_threshold_mb")
              .withHint("free disk space soon, or: stravinsky backup cleanup"));
    }
    return List.of();
  }

  private Finding finding(Severity severity, Demand demand, long free, String why) {
    return Finding.of(id(), severity, ErrorKind.DISK_FULL, Sizes.spoken(free) + " are free, " + why)
        .inFile(demand.place());
  }
}
