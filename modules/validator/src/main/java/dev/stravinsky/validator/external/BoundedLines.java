package dev.stravinsky.validator.external;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of another program, which may not fill the memory with them. */
final class BoundedLines {
  private final InputStream in;
  private final int maxBytes;
  private int readBytes;

  /**
   * @param maxBytes all that is read between two calls of {@link #forget}
   */
  BoundedLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in);
    this.maxBytes = maxBytes;
  }

  /** The limit is one for what comes from now on. */
  void forget() {
    readBytes = 0;
  }

  /**
   * The next line without its end; empty when there is none any more.
   *
   * @throws OutputTooLargeException if the limit is passed
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      if (++readBytes > maxBytes) {
        throw new OutputTooLargeException(maxBytes);
      }
      b = in.read();
    }
    readBytes++;
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  /** The other program says more than it may. */
  static final class OutputTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputTooLargeException(int maxBytes) {
      super("it wrote more than " + maxBytes / 1024 + " KB");
    }
  }
}
