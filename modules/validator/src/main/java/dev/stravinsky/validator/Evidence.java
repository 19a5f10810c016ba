package dev.stravinsky.validator;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines that findings speak of, with secrets hidden. Only regular files of the targets are
 * read: a check may name whatever it likes, a pipe without an end or somebody's private key.
 */
final class Evidence {
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_CHARACTERS = 160;

  /** What may be gone through again for single lines; nobody reads the lines of more findings. */
  private static final long MOST_AGAIN = 8L << 20;

  private final CheckContext context;
  private final Map<Path, Optional<Shown>> files = new HashMap<>();
  private long again;

  Evidence(CheckContext context) {
    this.context = context;
  }

  /** The lines of a file, and as they may be shown. */
  private record Shown(List<String> original, List<String> lines) {}

  /** The line, or as much of it as is good to read; empty if the finding names none. */
  Optional<String> of(Finding finding) {
    if (finding.line().isEmpty()) {
      return Optional.empty();
    }
    return finding
        .file()
        .flatMap(context::nodeAt)
        .map(TargetView.Node::content)
        .flatMap(file -> files.computeIfAbsent(file, Evidence::read))
        .flatMap(shown -> line(shown, finding.line().getAsInt()))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(Evidence::cut);
  }

  private static Optional<Shown> read(Path file) {
    try {
      if (!Presence.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Optional.of(new Shown(lines(text), lines(Redaction.ofFile(text))));
    } catch (IOException e) {
      // That it cannot be read is a finding of its own; here it only means that nothing is shown.
      return Optional.empty();
    }
  }

  private Optional<String> line(Shown shown, int number) {
    List<String> original = shown.original();
    if (number > original.size()) {
      return Optional.empty();
    }
    if (original.size() == shown.lines().size()) {
      return Optional.of(shown.lines().get(number - 1));
    }
    // A secret of several lines is one line now. What stands before a line decides what is hidden
    // in it, so the text up to there is gone through once more.
    String before = String.join("\n", original.subList(0, number));
    again += before.length();
    return again > MOST_AGAIN
        ? Optional.empty()
        : Optional.of(lines(Redaction.ofFile(before)).getLast());
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private static String cut(String line) {
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "...";
  }
}
