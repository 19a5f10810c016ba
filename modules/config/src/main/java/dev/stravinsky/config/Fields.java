package dev.stravinsky.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of one object in an array of objects, each asked for once by name. */
final class Fields {
  private final Json.Members object;
  private final String jsonPath;
  private final Faults faults;

  private Fields(Json.Members object, String jsonPath, Faults faults) {
    this.object = object;
    this.jsonPath = jsonPath;
    this.faults = faults;
  }

  /** Tells of doubled and unknown names at once. */
  static Fields of(Json.Members object, String jsonPath, List<String> known, Faults faults) {
    Set<String> seen = new HashSet<>();
    for (Json.Member member : object.members()) {
      String path = jsonPath + "." + member.name();
      if (!known.contains(member.name())) {
        faults.add(path, member.value(), "is not known" + Nearest.hint(member.name(), known));
      } else if (!seen.add(member.name())) {
        faults.add(path, member.value(), "is given twice");
      }
    }
    return new Fields(object, jsonPath, faults);
  }

  boolean has(String name) {
    return json(name).isPresent();
  }

  Optional<Json> json(String name) {
    return object.members().stream()
        .filter(member -> member.name().equals(name))
        .map(Json.Member::value)
        .findFirst();
  }

  /** Text that must be there and not be blank. */
  Optional<String> text(String name) {
    Optional<Json> json = json(name);
    if (json.isEmpty()) {
      faults.add(jsonPath, object, "has no \"" + name + "\"");
      return Optional.empty();
    }
    if (json.get() instanceof Json.Text text && !text.text().isBlank()) {
      return Optional.of(text.text());
    }
    refuse(name, "must be text, but is " + json.get().describe());
    return Optional.empty();
  }

  /** An array of texts; none where it is not given. */
  Optional<List<String>> texts(String name) {
    return json(name)
        .map(json -> Kinds.TEXTS.read(json, jsonPath + "." + name, faults))
        .orElse(Optional.of(List.of()));
  }

  /** Tells of a wrong value. */
  void refuse(String name, String message) {
    faults.add(jsonPath + "." + name, json(name).orElse(object), message);
  }
}
