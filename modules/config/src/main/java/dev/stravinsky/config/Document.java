package dev.stravinsky.config;

import dev.stravinsky.api.config.ConfigStore.Source;
import dev.stravinsky.api.error.ErrorKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The text of {@code config.json}, held against the table of keys. */
final class Document {
  private static final int FORMAT = 1;
  private static final String SCHEMA = "$schema"; // Editors want it; it says nothing to us.

  private final String text;
  private final Faults faults;
  private final Optional<Json.Members> root;
  private final Map<String, Json> given = new HashMap<>();

  /** Tells {@code faults} everything that is wrong. */
  Document(String text, Faults faults) {
    this.text = text;
    this.faults = faults;
    JsonText.Parsed parsed = JsonText.parse(text);
    this.root = parsed.root().filter(Json.Members.class::isInstance).map(Json.Members.class::cast);
    root.ifPresent(this::sortMembers);
    parsed
        .fault()
        .ifPresentOrElse(
            fault ->
                faults.add(ErrorKind.PARSE_ERROR, fault.line(), "not JSON: " + fault.message()),
            () -> refuseOtherRoots(parsed.root()));
  }

  String text() {
    return text;
  }

  /** The whole object of a text that was read before. */
  Json.Members rootOrThrow() {
    return root.orElseThrow(() -> new IllegalStateException("a broken text was let in"));
  }

  /** Whether a value is given for this path. */
  boolean gives(String path) {
    return given.containsKey(path);
  }

  /** Where the value of this path stands. */
  int line(String path) {
    return gives(path) ? given.get(path).span().line() : 1;
  }

  /** Reads every key that is given into {@code values}. */
  void read(Values values) {
    Keys.ALL.forEach(key -> read(key, values));
    Json atTopLevel = given.get(Keys.TOP_LEVEL_AUTO_ROLLBACK);
    if (atTopLevel != null) {
      readTopLevelAutoRollback(atTopLevel, values);
    }
  }

  private <T> void read(Key<T> key, Values values) {
    Json json = given.get(key.path());
    if (json != null) {
      key.kind()
          .read(json, key.path(), faults)
          .ifPresent(value -> values.put(key, value, Source.FILE));
    }
  }

  /** The quick reference writes this one key without its section. */
  private void readTopLevelAutoRollback(Json json, Values values) {
    Optional<Boolean> value =
        Keys.AUTO_ROLLBACK.kind().read(json, Keys.TOP_LEVEL_AUTO_ROLLBACK, faults);
    if (value.isEmpty()) {
      return;
    }
    boolean contradicts =
        given.get(Keys.AUTO_ROLLBACK.path()) instanceof Json.Truth other
            && other.value() != value.get();
    if (contradicts) {
      faults.add(
          Keys.TOP_LEVEL_AUTO_ROLLBACK,
          json,
          "is " + value.get() + ", but " + Keys.AUTO_ROLLBACK.path() + " says the opposite");
    }
    values.put(Keys.AUTO_ROLLBACK, value.get(), Source.FILE);
  }

  private void sortMembers(Json.Members object) {
    Set<String> seen = new HashSet<>();
    for (Json.Member member : object.members()) {
      String name = member.name();
      if (!seen.add(name)) {
        faults.add(name, member.value(), "is given twice");
      } else if (Keys.sections().contains(name)) {
        sortSection(name, member.value());
      } else if (name.equals("format")) {
        checkFormat(member.value());
      } else if (isTopLevel(name)) {
        given.put(name, member.value());
      } else if (!name.equals(SCHEMA)) {
        faults.add(name, member.value(), "is not known" + Nearest.hint(name, Keys.names()));
      }
    }
  }

  private void sortSection(String section, Json json) {
    if (!(json instanceof Json.Members object)) {
      faults.add(section, json, "must be an object, but is " + json.describe());
      return;
    }
    for (Json.Member member : object.members()) {
      String path = section + "." + member.name();
      if (Keys.ALL.stream().noneMatch(key -> key.path().equals(path))) {
        faults.add(path, member.value(), "is not known" + Nearest.hint(path, Keys.names()));
      } else if (given.putIfAbsent(path, member.value()) != null) {
        faults.add(path, member.value(), "is given twice");
      }
    }
  }

  private static boolean isTopLevel(String name) {
    return name.equals(Keys.TOP_LEVEL_AUTO_ROLLBACK)
        || Keys.ALL.stream().anyMatch(key -> key.path().equals(name));
  }

  private void checkFormat(Json json) {
    if (!(json instanceof Json.Numeral number) || !number.literal().equals("" + FORMAT)) {
      faults.add(
          "format",
          json,
          "is "
              + json.describe()
              + ", but this version of Stravinsky knows only 1; a newer one"
              + " wrote the file");
    }
  }

  private void refuseOtherRoots(Optional<Json> any) {
    if (any.isEmpty()) {
      faults.add(
          ErrorKind.PARSE_ERROR, 1, "the file is empty; delete it for the defaults, or write {}");
    } else if (root.isEmpty()) {
      faults.add(
          ErrorKind.SCHEMA_ERROR,
          any.get().span().line(),
          "must be an object in braces, but is " + any.get().describe());
    }
  }
}
