package dev.stravinsky.chaos.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake that somebody could make in the product, told as a change of one of its sources. It
 * stands in a file of its own: a sentence, the source's path, the cells that are tried first, and
 * text before and after, once or more often.
 *
 * @param name the file's name
 * @param mistake what is wrong, in a sentence
 * @param source from the top of the repository
 * @param first the cells of the matrix where it is looked for first: a hint, the others follow
 */
record Mutant(String name, String mistake, String source, String first, List<Change> changes) {
  private static final String SUFFIX = ".mutant";
  private static final String BEFORE = "--- before\n";
  private static final String AFTER = "--- after\n";

  /** What is in the product, and what takes its place. */
  record Change(String before, String after) {}

  /** All of them, by name. */
  static List<Mutant> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> mutants = files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
      return mutants.stream().map(Mutant::read).toList();
    }
  }

  private static Mutant read(Path file) {
    String name = file.getFileName().toString().replace(SUFFIX, "");
    try {
      return parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Mutant parse(String name, String text) {
    List<String> parts = Arrays.asList(text.split(BEFORE));
    List<String> head = parts.getFirst().lines().toList();
    List<Change> changes = new ArrayList<>();
    for (String part : parts.subList(1, parts.size())) {
      int after = part.indexOf(AFTER);
      if (after < 0) {
        throw new IllegalArgumentException(name + " does not say what is after");
      }
      changes.add(new Change(part.substring(0, after), part.substring(after + AFTER.length())));
    }
    return new Mutant(
        name,
        head.getFirst(),
        value(name, head, "file: "),
        value(name, head, "first: "),
        List.copyOf(changes));
  }

  private static String value(String name, List<String> head, String key) {
    return head.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(key.length()))
        .orElseThrow(() -> new IllegalArgumentException(name + " has no line \"" + key + "\""));
  }

  /**
   * The source with the mistake.
   *
   * @throws IllegalStateException if the text is not there just once: the product has changed
   */
  String in(Path repository) throws IOException {
    String text = Files.readString(repository.resolve(source));
    if (changes.isEmpty()) {
      throw new IllegalStateException(name + " changes nothing");
    }
    for (Change change : changes) {
      String before = change.before();
      int at = text.indexOf(before);
      if (at < 0 || text.indexOf(before, at + 1) >= 0 || before.equals(change.after())) {
        throw new IllegalStateException(
            "the mutant %s: this is not just once in %s; write its text anew in %s:%n%s"
                .formatted(name, source, "chaos-harness/src/test/resources/mutants", before));
      }
      text = text.substring(0, at) + change.after() + text.substring(at + before.length());
    }
    return text;
  }
}
