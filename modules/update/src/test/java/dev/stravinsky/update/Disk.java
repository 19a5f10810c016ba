package dev.stravinsky.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Arranges a configuration with the system's own tools, and takes all of it back. */
final class Disk {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path home;
  private final Path claude;
  private final Path elsewhere;
  private final Deque<Path> mounts = new ArrayDeque<>();
  private final List<Path> memories = new ArrayList<>();

  Disk(Path home, Path claude, Path elsewhere) {
    this.home = home;
    this.claude = claude;
    this.elsewhere = elsewhere;
  }

  Path home() {
    return home;
  }

  Path claude() {
    return claude;
  }

  /** Everywhere where something of the configuration may be. */
  List<Path> places() {
    List<Path> places = new ArrayList<>(List.of(home, elsewhere));
    places.addAll(memories);
    return places;
  }

  boolean isRoot() throws IOException {
    return Files.getAttribute(home, "unix:uid").equals(0);
  }

  /** Whether there is a second file system to link into. */
  boolean hasMemory() throws IOException {
    return Files.isWritable(SHARED_MEMORY)
        && !Files.getFileStore(SHARED_MEMORY).equals(Files.getFileStore(home));
  }

  Path memory() throws IOException {
    if (memories.isEmpty()) {
      memories.add(Files.createTempDirectory(SHARED_MEMORY, "stravinsky-test"));
    }
    return memories.getFirst();
  }

  /** Moves a part of the configuration, and leaves a link in its place. */
  boolean movedAndLinked(String part, Path to) throws IOException {
    Path from = part.isEmpty() ? claude : claude.resolve(part);
    Files.createDirectories(to.getParent());
    must("mv", "-T", from, to);
    Files.createSymbolicLink(from, to);
    return true;
  }

  /** Puts another file system over a directory, with the same content. */
  boolean mountedMemory(Path over) throws IOException {
    if (!isRoot()) {
      return false;
    }
    Path copy = elsewhere.resolve("copy");
    must("cp", "-a", "-T", over, copy);
    if (!run("mount", "-t", "tmpfs", "tmpfs", over)) {
      return false;
    }
    mounts.push(over);
    must("cp", "-a", "-T", copy, over);
    must("rm", "-r", copy);
    return true;
  }

  /** Puts the same content, kept elsewhere, over a part of the configuration. */
  boolean mountedItself(String part) throws IOException {
    if (!isRoot()) {
      return false;
    }
    Path over = claude.resolve(part);
    Path source = elsewhere.resolve("mounted");
    must("cp", "-a", "-T", over, source);
    if (!run("mount", "--bind", source, over)) {
      return false;
    }
    mounts.push(over);
    return true;
  }

  /** Owner, mode, access control list and extended attributes, as far as the tools are there. */
  String attributes(Path file) throws IOException {
    return output("stat", "-L", "-c", "%u %g %a", file)
        + output("getfacl", "-cEp", file)
        + output("getfattr", "-d", "--absolute-names", file);
  }

  /** Whether the program is there and ended well. */
  boolean run(Object... command) {
    try {
      return start(command).waitFor() == 0;
    } catch (IOException e) {
      return false; // Not there.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void must(Object... command) throws IOException {
    if (!run(command)) {
      throw new IOException("failed: " + List.of(command));
    }
  }

  private static Process start(Object... command) throws IOException {
    return new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Object... command) throws IOException {
    Process process;
    try {
      process = start(command);
    } catch (IOException e) {
      return command[0] + " is not there\n";
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Removes the mounts, the last one first, and the files in memory. */
  void close() throws IOException {
    while (!mounts.isEmpty()) {
      must("umount", mounts.pop());
    }
    for (Path memory : memories) {
      try (Stream<Path> all = Files.walk(memory)) {
        all.sorted(Comparator.reverseOrder()).forEach(Disk::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
