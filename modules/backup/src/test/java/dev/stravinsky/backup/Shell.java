package dev.stravinsky.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the programs that a user has. */
final class Shell {
  private Shell() {}

  record Result(int status, String output) {}

  static Result run(Path directory, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** A tree as {@code find} and {@code sha256sum} see it, times to the nanosecond. */
  static String tree(Path top) throws IOException {
    return tree(top, true);
  }

  /** Names, types, modes, link targets and counts, times of files, contents. */
  static String tree(Path top, boolean nanoseconds) throws IOException {
    String script =
        """
        export LC_ALL=C
        find . -mindepth 1 -printf '%P %y %m %l %n' \\( -type f -printf ' TIME' -o -true \\) \
          -printf '\\n' | sort
        find . -type f -print0 | sort -z | xargs -0 -r sha256sum
        """;
    Result result =
        run(top, List.of("sh", "-c", script.replace("TIME", nanoseconds ? "%T@" : "%Ts")));
    if (result.status() != 0) {
      throw new IOException(result.output());
    }
    return result.output();
  }
}
