package dev.stravinsky.chaos.ground;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where trials take place.
 *
 * @param copy whose files are there beforehand, beside those of the built-in user
 * @param disk a folder of a real disk, in which each run makes one of its own; empty: in memory
 * @param words what to type to have the same again
 */
public record Ground(Optional<ConfigurationCopy> copy, Optional<Path> disk, List<String> words) {
  /** In memory, with the built-in user's files only. */
  public static final Ground MEMORY = new Ground(Optional.empty(), Optional.empty(), List.of());

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "stravinsky-chaos-";
  private static final String FOLDER = PREFIX + ProcessHandle.current().pid();

  public Ground {
    words = List.copyOf(words);
  }

  /** Whether operations reach a real disk. There trials are run one after the other. */
  public boolean isDisk() {
    return disk.isPresent();
  }

  /**
   * A new sandbox with what is there beforehand.
   *
   * @param name of what is tried; on a disk no two may be the same
   */
  public Sandbox open(String name) throws IOException {
    Sandbox sandbox = disk.isPresent() ? Sandbox.onFaultyDisk(place(name)) : Sandbox.inMemory();
    if (copy.isPresent()) {
      copy.get().into(sandbox);
    }
    return sandbox;
  }

  private Path place(String name) throws IOException {
    return Files.createDirectories(disk.orElseThrow().resolve(FOLDER).resolve(name));
  }

  /** Removes what this process made on the disk. */
  public void discard() throws IOException {
    if (disk.isEmpty() || !Files.exists(disk.get().resolve(FOLDER))) {
      return;
    }
    Folders.delete(disk.get().resolve(FOLDER));
  }

  /** An empty folder of a real disk, also for what else is in memory; to be deleted by who asks. */
  public Path plainFolder() throws IOException {
    if (disk.isEmpty()) {
      // In the machine's memory, where forces cost nothing, if Linux has a place there.
      return Files.isWritable(SHARED_MEMORY)
          ? Files.createTempDirectory(SHARED_MEMORY, PREFIX)
          : Files.createTempDirectory(PREFIX).toRealPath();
    }
    Path top = Files.createDirectories(disk.get().resolve(FOLDER)).toRealPath();
    return Files.createTempDirectory(top, "plain-");
  }

  /** For people and reports: the file system, and whose files. */
  public String description() throws IOException {
    List<String> parts = new ArrayList<>();
    parts.add(
        disk.isPresent()
            ? Files.getFileStore(disk.get()).type() + " at " + disk.get()
            : "in memory");
    copy.ifPresent(of -> parts.add("with a copy of " + of.origin()));
    return String.join(", ", parts);
  }
}
