package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first run, which only looks what the code under test does. */
final class NothingWrong implements Strike {
  private final List<Seen> seen = new ArrayList<>();
  private final Map<String, Integer> times = new HashMap<>();

  /** The operations in their order. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  @Override
  public String name() {
    return "nothing goes wrong";
  }

  @Override
  public Optional<ChaosFault> fault() {
    return Optional.empty();
  }

  @Override
  public FaultPlan planFor(FaultFileSystem files) {
    return operation -> {
      note(operation, files);
      return FaultPlan.NONE.decide(operation);
    };
  }

  private synchronized void note(FileOperation operation, FaultFileSystem files) {
    int time = times.merge(Seen.what(operation), 1, Integer::sum);
    try {
      seen.add(new Seen(operation, time, files.undisturbed(() -> size(operation))));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // In memory, past the plan: a defect of the testkit.
    }
  }

  private static long size(FileOperation operation) throws IOException {
    try {
      BasicFileAttributes entry =
          Files.readAttributes(
              operation.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return entry.isRegularFile() ? entry.size() : -1;
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  @Override
  public void ended(FaultFileSystem files) {
    // All was seen.
  }

  @Override
  public Optional<String> objection() {
    return seen.isEmpty()
        ? Optional.of("nothing was done to the sandbox's files, so nothing can go wrong with them")
        : Optional.empty();
  }

  @Override
  public Optional<String> id() {
    return Optional.empty();
  }
}
