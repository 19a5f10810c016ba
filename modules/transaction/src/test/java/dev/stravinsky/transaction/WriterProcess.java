package dev.stravinsky.transaction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another program, {@code writer.py}, that writes to a file while it is swapped. */
final class WriterProcess implements AutoCloseable {
  private static final int RECORD_DIGITS = 56;

  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private WriterProcess(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** How it writes. */
  enum Kind {
    /** Opens, overwrites, closes. */
    IN_PLACE,
    /** Opens and empties or creates, writes, closes: what a shell's {@code >} does. */
    TRUNCATING,
    /** Through a descriptor that is open all the time. */
    DESCRIPTOR,
    /** Through a mapping that is there all the time. */
    MAPPED,
    /** Renames another file over it. */
    RENAMING,
    /** As by a rename, but seeing what is replaced. */
    EXCHANGING
  }

  /**
   * What came of a burst of writes.
   *
   * @param writes how many there were
   * @param missing how many were not, since there was no file
   * @param mine the numbers that the program itself has not overwritten
   */
  record Burst(long writes, long missing, List<Long> mine) {}

  static boolean isPossible() {
    try {
      return new ProcessBuilder("python3", "-c", "import ctypes, mmap")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static WriterProcess start(Path directory) throws IOException {
    Path script = directory.resolve("writer.py");
    try (InputStream source = WriterProcess.class.getResourceAsStream("writer.py")) {
      Files.copy(source, script);
    }
    return new WriterProcess(
        new ProcessBuilder("python3", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The content of the file after the write of this number. */
  static String record(long number) {
    return "writer " + "0".repeat(RECORD_DIGITS - String.valueOf(number).length()) + number + "\n";
  }

  /** Begins a burst; what is to be held open is open when this returns. */
  void begin(Kind kind, Path file, long first, int count, int delayMicros, int pauseMicros)
      throws IOException {
    in.write(
        String.join(
                "\t",
                kind.name(),
                file.toString(),
                String.valueOf(first),
                String.valueOf(count),
                String.valueOf(delayMicros),
                String.valueOf(pauseMicros))
            + "\n");
    in.flush();
    require("ready", out.readLine());
  }

  /** Waits for the end of the burst. */
  Burst end() throws IOException {
    String answer = out.readLine();
    require("done", answer);
    String[] words = answer.split(" ", -1);
    List<Long> mine = new ArrayList<>();
    for (int i = 3; i < words.length; i++) {
      mine.add(Long.parseLong(words[i]));
    }
    return new Burst(Long.parseLong(words[1]), Long.parseLong(words[2]), mine);
  }

  private static void require(String word, String answer) {
    if (answer == null || !answer.startsWith(word)) {
      throw new IllegalStateException("the writer said \"" + answer + "\"");
    }
  }

  @Override
  public void close() {
    try {
      in.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
