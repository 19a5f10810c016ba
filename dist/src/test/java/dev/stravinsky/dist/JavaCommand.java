package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that the launcher ends in, as the system saw it. */
final class JavaCommand {
  private static final String ARGUMENTS_END = "\0";

  private JavaCommand() {}

  /**
   * The words of an update up to its own first word.
   *
   * @param options for the virtual machine, in front of the launcher's
   */
  static List<String> ofUpdate(User user, String... options)
      throws IOException, InterruptedException {
    user.types("--version"); // Makes the start-up cache, so that the next start can use it.
    Process process = user.starts("update", "--help");
    Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    while (process.isAlive()) {
      String text = Files.readString(line, StandardCharsets.UTF_8);
      if (text.contains("/runtime/bin/java" + ARGUMENTS_END)) {
        List<String> words = new ArrayList<>(List.of(text.split(ARGUMENTS_END)));
        words.subList(words.size() - 2, words.size()).clear();
        words.addAll(1, List.of(options));
        process.waitFor();
        return words;
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException("the launcher started no Java");
  }
}
