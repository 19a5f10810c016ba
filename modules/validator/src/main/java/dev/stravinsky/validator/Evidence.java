package dev.stravinsky.validator;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines that findings speak of, with secrets hidden. Only regular files of the targets are
 * read: a check may name whatever it likes, a pipe without an end or somebody's private key.
 */
final class Evidence {
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_CHARACTERS = 160;

  private final CheckContext context;
  private final Map<Path, Optional<String>> texts = new HashMap<>();

  Evidence(CheckContext context) {
    this.context = context;
  }

  /** The line, or as much of it as is good to read; empty if the finding names none. */
  Optional<String> of(Finding finding) {
    if (finding.line().isEmpty()) {
      return Optional.empty();
    }
    return finding
        .file()
        .flatMap(context::nodeAt)
        .map(TargetView.Node::content)
        .flatMap(file -> texts.computeIfAbsent(file, Evidence::text))
        .flatMap(text -> line(text, finding.line().getAsInt()));
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      // That it cannot be read is a finding of its own; here it only means that nothing is shown.
      return Optional.empty();
    }
  }

  private static Optional<String> line(String text, int number) {
    int start = 0;
    for (int i = 1; i < number; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return Optional.empty();
      }
    }
    int end = text.indexOf('\n', start);
    // What stands before decides what is a secret here; what is hidden there may shift the lines.
    String shown = Redaction.ofFile(text.substring(0, end < 0 ? text.length() : end));
    String line = shown.substring(shown.lastIndexOf('\n') + 1).strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "...");
  }
}
