package dev.stravinsky.claude.imports;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * What Python's parser says of one file.
 *
 * @param changesPath whether it changes where modules are looked for
 * @param morePlaces whether the interpreter itself looks at places that only running it would tell
 */
record PythonModule(List<Import> imports, boolean changesPath, boolean morePlaces) {

  /** Where in a file an import stands. */
  enum Place {
    /** It is always run. */
    TOP,
    /** Only a run would tell whether it is reached. */
    CONDITION,
    FUNCTION,
    /** The file goes on without it. */
    OPTIONAL
  }

  /**
   * One import.
   *
   * @param module the dotted name; empty in {@code from . import x}
   * @param level the number of dots before it
   * @param names what is taken out of it
   * @param unless in each of these groups one import, by its index, has to be missing for this one
   *     to be reached
   * @param installed whether the interpreter finds the first name of an absolute import
   */
  record Import(
      int line,
      String module,
      int level,
      List<String> names,
      Place place,
      List<List<Integer>> unless,
      boolean installed) {

    /** As it is written, for people. */
    String written() {
      String dots = ".".repeat(level);
      return module.isEmpty() ? dots + String.join(", ", names) : dots + module;
    }
  }

  static PythonModule of(JsonNode answer) {
    return new PythonModule(
        answer.path("imports").valueStream().map(PythonModule::read).toList(),
        answer.path("changes_path").asBoolean(false),
        answer.path("more_places").asBoolean(false));
  }

  private static Import read(JsonNode node) {
    Place place =
        switch (node.path("place").asString()) {
          case "top" -> Place.TOP;
          case "function" -> Place.FUNCTION;
          case "optional" -> Place.OPTIONAL;
          default -> Place.CONDITION;
        };
    return new Import(
        node.path("line").asInt(),
        node.path("module").asString(),
        node.path("level").asInt(),
        node.path("names").valueStream().map(JsonNode::asString).toList(),
        place,
        node.path("unless").valueStream().map(PythonModule::indices).toList(),
        node.path("installed").asBoolean());
  }

  private static List<Integer> indices(JsonNode group) {
    return IntStream.range(0, group.size()).mapToObj(i -> group.path(i).asInt()).toList();
  }
}
