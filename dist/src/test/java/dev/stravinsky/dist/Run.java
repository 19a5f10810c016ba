package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process ended, and all that it said.
 *
 * @param status the exit status
 * @param out its standard output
 * @param err its standard error
 */
record Run(int status, String out, String err) {

  /** What is no text in UTF-8, such as a file's name, is replaced. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Runs a program with these environment variables and no others, to its end. */
  static Run of(Map<String, String> variables, Path program, Object... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("run", ".out");
    Path err = Files.createTempFile("run", ".err");
    try {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      ProcessBuilder process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      process.environment().clear();
      process.environment().putAll(variables);
      int status = process.start().waitFor();
      return new Run(status, text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
