package dev.stravinsky.claude;

import dev.stravinsky.spi.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one interpreter once: input in, output out, and no process is left behind. */
public final class Interpreter {
  private static final long POLL_MILLIS = 10;

  /**
   * Variables by which an interpreter would run something before, or instead of, what it is told,
   * or write files of its own. Where a user's Python packages are is no such thing.
   */
  private static boolean isUnsafe(String variable) {
    boolean interpreters =
        variable.startsWith("NODE_")
            || variable.startsWith("PYTHON")
            || variable.startsWith("BASH");
    return interpreters && !variable.equals("PYTHONUSERBASE")
        || variable.equals("ENV")
        || variable.equals("SHELLOPTS");
  }

  private Interpreter() {}

  /** The text of a program for an interpreter, which lies beside a class. */
  public static String program(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  /**
   * What it wrote to its standard output; cut where it was cancelled. Its messages are in English,
   * and no variable makes it run anything that it is not told to.
   */
  public static String run(
      List<String> command, byte[] input, Map<String, String> variables, Cancellation cancellation)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().keySet().removeIf(Interpreter::isUnsafe);
    // Messages in the language that is parsed here.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      Thread writer = Thread.ofVirtual().start(() -> write(process, input));
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      Thread reader = Thread.ofVirtual().start(() -> read(process, output));
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (cancellation.requested()) {
          end(process);
        }
      }
      writer.join();
      reader.join();
      return output.toString(StandardCharsets.UTF_8);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void write(Process process, byte[] input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException e) {
      // It ended early; what it did not answer counts as not checked.
    }
  }

  private static void read(Process process, ByteArrayOutputStream output) {
    try (InputStream in = process.getInputStream()) {
      in.transferTo(output);
    } catch (IOException e) {
      // The same.
    }
  }
}
