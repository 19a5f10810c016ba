package dev.stravinsky.claude.hooks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script's first line {@code #!...}, by which the system finds its interpreter.
 *
 * @param path the program that the system starts
 * @param words what it is given before the script's path
 * @param carriageReturn whether the line ends as on Windows, which becomes part of a name
 */
public record Shebang(String path, List<String> words, boolean carriageReturn) {
  private static final int HEAD_BYTES = 4096;
  private static final Pattern LINE = Pattern.compile("#!\\s*(\\S+)([^\\r]*)(\\r?)");

  public Shebang {
    words = List.copyOf(words);
  }

  /** Reads it; empty if the content does not begin with one. */
  public static Optional<Shebang> of(byte[] content) {
    String head =
        new String(content, 0, Math.min(content.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    int end = head.indexOf('\n');
    Matcher matcher = LINE.matcher(end < 0 ? head : head.substring(0, end));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> words =
        Arrays.stream(matcher.group(2).strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    return Optional.of(new Shebang(matcher.group(1), words, !matcher.group(3).isEmpty()));
  }

  /** Whether {@code env} looks for the interpreter on the {@code PATH}. */
  public boolean byEnv() {
    return lastName(path).equals("env");
  }

  /** The interpreter as it is written: behind {@code env} its first argument. */
  public Optional<String> interpreter() {
    if (!byEnv()) {
      return Optional.of(path);
    }
    return words.stream().filter(w -> !w.startsWith("-") && !w.contains("=")).findFirst();
  }

  /** The interpreter's name without folders. */
  public Optional<String> interpreterName() {
    return interpreter().map(Shebang::lastName);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
