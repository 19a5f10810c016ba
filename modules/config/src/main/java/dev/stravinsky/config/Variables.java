package dev.stravinsky.config;

import dev.stravinsky.api.config.ConfigStore.Source;
import dev.stravinsky.api.error.ErrorKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings in environment variables, which outrank the file. */
final class Variables {
  private Variables() {}

  /** Reads every variable that is set and not empty. */
  static void read(Map<String, String> variables, Values values, Faults faults) {
    for (Key<?> key : Keys.ALL) {
      read(key, key.variable(), variables, values, faults);
    }
    read(Keys.AUTO_ROLLBACK, Keys.SHORT_AUTO_ROLLBACK_VARIABLE, variables, values, faults);
    variables.keySet().stream()
        .sorted()
        .filter(Variables::looksLikeASetting)
        .forEach(name -> faults.add(ErrorKind.SCHEMA_ERROR, 1, unknown(name)));
  }

  /** One value as a person types it; what is wrong goes to {@code faults}. */
  static <T> Optional<T> parse(Key<T> key, String word, String name, Faults faults) {
    JsonText.Parsed parsed = JsonText.parse(key.kind().fromWord(word));
    if (parsed.fault().isPresent() || parsed.root().isEmpty()) {
      faults.add(
          ErrorKind.SCHEMA_ERROR,
          1,
          name + ": must be " + key.kind().expected() + ", but is " + shown(word));
      return Optional.empty();
    }
    return key.kind().read(parsed.root().get(), name, faults);
  }

  private static <T> void read(
      Key<T> key, String name, Map<String, String> variables, Values values, Faults faults) {
    String word = variables.getOrDefault(name, "");
    if (!word.isBlank()) {
      parse(key, word, name, faults).ifPresent(value -> values.put(key, value, Source.ENVIRONMENT));
    }
  }

  /** Not what stands in arrays: addresses of webhooks are secrets. */
  private static String shown(String word) {
    String typed = word.strip();
    if (typed.startsWith("[") || typed.startsWith("{")) {
      return "not even JSON";
    }
    return JsonWriting.quoted(typed.length() > 40 ? typed.substring(0, 40) + "..." : typed);
  }

  /** A mistyped name that begins like a section's would otherwise be silently without effect. */
  private static boolean looksLikeASetting(String name) {
    return name.startsWith("STRAVINSKY_") // Few do.
        && Keys.sections().stream()
            .map(section -> "STRAVINSKY_" + section.toUpperCase(Locale.ROOT) + "_")
            .anyMatch(name::startsWith)
        && names().noneMatch(name::equals);
  }

  private static String unknown(String name) {
    List<String> known = names().toList();
    return name + ": is not a setting's variable" + Nearest.hint(name, known);
  }

  private static Stream<String> names() {
    return Stream.concat(
        Keys.ALL.stream().map(Key::variable), Stream.of(Keys.SHORT_AUTO_ROLLBACK_VARIABLE));
  }
}
