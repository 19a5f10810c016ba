package dev.stravinsky.update;

import dev.stravinsky.api.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processes that a guarded program started and that still run: known by a variable that they
 * inherit, where the system shows processes' environments. One that threw its environment away, or
 * is another user's, is not found.
 */
final class LeftBehind {
  private static final String VARIABLE = "STRAVINSKY_GUARD";

  private LeftBehind() {}

  /** To be added to the program's environment. */
  static Map<String, String> mark(String guardId) {
    return Map.of(VARIABLE, guardId);
  }

  /** Each as {@code process 4711 (npm)}; those that can write to targets' files name them. */
  static List<String> of(Environment environment, String guardId, List<Path> roots) {
    Path processes = environment.home().directory().getFileSystem().getPath("/proc");
    if (!Files.isDirectory(processes)) {
      return List.of();
    }
    String mark = "\0" + VARIABLE + "=" + guardId + "\0";
    String self = String.valueOf(ProcessHandle.current().pid());
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
      for (Path each : all) {
        String number = each.getFileName().toString();
        if (!number.equals(self) && ("\0" + text(each.resolve("environ"))).contains(mark)) {
          found.add(named(each) + writing(each, roots));
        }
      }
    } catch (IOException e) {
      return List.of(); // The system does not tell.
    }
    return found;
  }

  private static String named(Path process) {
    String program = text(process.resolve("comm")).strip();
    return "process " + process.getFileName() + (program.isEmpty() ? "" : " (" + program + ")");
  }

  private static String writing(Path process, List<Path> roots) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : open) {
        Path file = Files.readSymbolicLink(each);
        if (roots.stream().anyMatch(file::startsWith) && isWritable(process, each)) {
          return ", which has " + file + " open for writing";
        }
      }
    } catch (IOException e) {
      return ""; // It has ended meanwhile, or is not ours to look at.
    }
    return "";
  }

  /** By the flags of {@code open}, octal, of which the last digit is how. */
  private static boolean isWritable(Path process, Path descriptor) {
    return text(process.resolve("fdinfo").resolve(descriptor.getFileName()))
        .lines()
        .anyMatch(line -> line.matches("flags:\\s*\\d*[1256]"));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
