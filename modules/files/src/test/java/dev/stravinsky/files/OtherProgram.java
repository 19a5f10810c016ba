package dev.stravinsky.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that is not ours and holds a lock by Python's {@code fcntl} until it dies. */
final class OtherProgram implements AutoCloseable {
  private static final String LOCK =
      """
      import fcntl, os, sys
      path, call, mode = sys.argv[1:]
      flags = os.O_RDONLY if os.path.isdir(path) else os.O_RDWR
      fd = os.open(path, flags)
      try:
          lock = fcntl.lockf if call == "fcntl" else fcntl.flock
          lock(fd, getattr(fcntl, mode) | fcntl.LOCK_NB)
          print("locked", flush=True)
      except OSError:
          print("refused", flush=True)
      sys.stdin.read()
      """;

  private final Process process;
  private final boolean locked;

  private OtherProgram(Path file, String call, String mode) throws IOException {
    process =
        new ProcessBuilder("python3", "-c", LOCK, file.toString(), call, mode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    locked = process.inputReader(StandardCharsets.UTF_8).readLine().equals("locked");
  }

  static OtherProgram locking(Path file, String call, String mode) throws IOException {
    OtherProgram program = new OtherProgram(file, call, mode);
    if (!program.locked) {
      throw new IllegalStateException("the other program could not lock " + file);
    }
    return program;
  }

  static boolean canLock(Path file, String call) throws Exception {
    try (OtherProgram program = new OtherProgram(file, call, "LOCK_EX")) {
      return program.locked;
    }
  }

  long processId() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
