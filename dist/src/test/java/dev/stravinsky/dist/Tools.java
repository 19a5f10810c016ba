package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The system's programs that a suite needs. */
final class Tools {
  private Tools() {}

  /** Skips the suite, and says why, where a program is missing. */
  static void require(String suite, String... programs) {
    for (String program : programs) {
      boolean found =
          Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if (!found) {
        skip(suite, "this system has no " + program);
      }
    }
  }

  /** Skips the suite, and says why, for anybody but root. */
  static void requireRoot(String suite) throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      skip(suite, "only root can mount");
    }
  }

  static void skip(String suite, String reason) {
    System.out.println(suite + ": skipped: " + reason);
    Assumptions.abort(suite + ": " + reason);
  }

  /** Runs a program of the system's. */
  static Run run(String program, Object... arguments) throws IOException, InterruptedException {
    Object[] all = new Object[arguments.length + 1];
    all[0] = program;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    String path = System.getenv("PATH") + ":/usr/sbin:/sbin";
    return Run.of(Map.of("PATH", path, "LC_ALL", "C"), Path.of("/usr/bin/env"), all);
  }

  /** Runs a program that has to succeed. */
  static void must(String program, Object... arguments) throws IOException, InterruptedException {
    Run run = run(program, arguments);
    if (run.status() != 0) {
      throw new IOException(program + " " + Arrays.toString(arguments) + ": " + run);
    }
  }
}
