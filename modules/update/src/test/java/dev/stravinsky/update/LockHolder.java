package dev.stravinsky.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A real process, util-linux's {@code flock}, that holds a lock until it is closed. */
record LockHolder(Process process) implements AutoCloseable {

  static LockHolder of(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                "flock", "--no-fork", file.toString(), "sh", "-c", "echo held; read -r x")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"held".equals(said)) {
      throw new IllegalStateException("flock could not lock " + file + ": " + said);
    }
    return new LockHolder(process);
  }

  long processId() {
    return process.pid();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
