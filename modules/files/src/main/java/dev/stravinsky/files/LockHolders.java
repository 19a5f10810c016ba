package dev.stravinsky.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who holds locks on a file, as Linux tells in {@code /proc/locks}. */
final class LockHolders {
  private static final int PROCESS = 4;
  private static final int INODE = 5;

  private LockHolders() {}

  /**
   * Each process that holds a lock, {@code process 4711 (python3)}. A lock of an open file
   * description belongs to no process, and a file system may number its devices in its own way:
   * then there are none.
   */
  static List<String> of(Path file) throws IOException {
    FileSystem system = file.getFileSystem();
    Path locks = system.getPath("/proc/locks");
    if (!Files.isReadable(locks)) {
      return List.of();
    }
    String inode = inode(file);
    return Files.readString(locks, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> line.trim().split("\\s+"))
        // A line with an arrow is a process that waits.
        .filter(words -> words.length > INODE && !words[1].equals("->"))
        .filter(words -> words[INODE].equals(inode) && words[PROCESS].matches("[1-9]\\d*"))
        .map(words -> named(system, words[PROCESS]))
        .distinct()
        .toList();
  }

  /** {@code major:minor:inode} as the kernel writes it; the numbers as the C library packs them. */
  private static String inode(Path file) throws IOException {
    Map<String, Object> numbers = Files.readAttributes(file, "unix:dev,ino");
    long device = (Long) numbers.get("dev");
    long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
    return String.format(Locale.ROOT, "%02x:%02x:%d", major, minor, (Long) numbers.get("ino"));
  }

  private static String named(FileSystem system, String process) {
    String holder = "process " + process;
    return program(system.getPath("/proc", process, "comm"))
        .map(name -> holder + " (" + name + ")")
        .orElse(holder);
  }

  private static Optional<String> program(Path comm) {
    try {
      return Optional.of(Files.readString(comm, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      // It has just ended, or is not ours to look at: the number must do.
      return Optional.empty();
    }
  }
}
