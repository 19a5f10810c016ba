package dev.stravinsky.claude.documents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML between two lines {@code ---} at the top of a document.
 *
 * @param values what it says; empty if there is none
 * @param lenient whether it is only read if free texts are taken as they stand, as Claude Code does
 */
record FrontMatter(Map<String, Object> values, Map<String, Integer> lines, boolean lenient) {
  private static final Pattern KEY = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*):(?:[ \\t]+(.*))?");

  /** Keys whose values are sentences that people write without quotes. */
  private static final Pattern FREE_TEXT =
      Pattern.compile("(description|argument-hint|when_to_use|when-to-use): +(\\S.*)");

  /** Values that YAML would read as something else than text, or that are quoted already. */
  private static final Pattern BROKEN_TEXT = Pattern.compile("[\"'|>:{].*");

  FrontMatter {
    values = Collections.unmodifiableMap(values);
    lines = Map.copyOf(lines);
  }

  /** It is there but cannot be read. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    BrokenException(String message, int line) {
      super(message);
      this.line = line;
    }

    /** Counted from 1 in the document. */
    int line() {
      return line;
    }
  }

  /** Reads it; empty if the document has none. */
  static Optional<FrontMatter> of(String document) throws BrokenException {
    String text = document.startsWith("\uFEFF") ? document.substring(1) : document;
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals("---")) {
      return Optional.empty();
    }
    int end = closing(lines);
    if (end < 0) {
      // A rule at the top of a text is no front matter; a key after it shows what was meant.
      if (lines.size() > 1 && KEY.matcher(lines.get(1)).matches()) {
        throw new BrokenException("the front matter has no closing ---", 1);
      }
      return Optional.empty();
    }
    return Optional.of(read(lines.subList(1, end)));
  }

  /** The line in the document where a key is. */
  int line(String key) {
    return lines.getOrDefault(key, 1);
  }

  private static int closing(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).stripTrailing().equals("---")) {
        return i;
      }
    }
    return -1;
  }

  private static FrontMatter read(List<String> yaml) throws BrokenException {
    try {
      return new FrontMatter(mapping(load(yaml)), keyLines(yaml), false);
    } catch (YamlEngineException strict) {
      List<String> quoted = quoteFreeTexts(yaml);
      if (!quoted.equals(yaml)) {
        try {
          return new FrontMatter(mapping(load(quoted)), keyLines(yaml), true);
        } catch (YamlEngineException lenient) {
          throw broken(lenient);
        }
      }
      throw broken(strict);
    }
  }

  private static Object load(List<String> yaml) {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
    return new Load(settings).loadFromString(String.join("\n", yaml) + "\n");
  }

  private static Map<String, Object> mapping(Object loaded) throws BrokenException {
    if (loaded == null) {
      return Map.of();
    }
    if (!(loaded instanceof Map<?, ?> map)) {
      throw new BrokenException("the front matter is no list of \"key: value\"", 2);
    }
    Map<String, Object> values = new HashMap<>();
    map.forEach((key, value) -> values.put(String.valueOf(key), value));
    return values;
  }

  private static List<String> quoteFreeTexts(List<String> yaml) {
    List<String> quoted = new ArrayList<>();
    for (String line : yaml) {
      Matcher matcher = FREE_TEXT.matcher(line);
      if (matcher.matches() && !isBroken(matcher.group(2))) {
        quoted.add(matcher.group(1) + ": '" + matcher.group(2).replace("'", "''") + "'");
      } else {
        quoted.add(line);
      }
    }
    return quoted;
  }

  /** A bracket that is never closed was not meant as text. */
  private static boolean isBroken(String value) {
    long open = value.chars().filter(c -> c == '[').count();
    long closed = value.chars().filter(c -> c == ']').count();
    return BROKEN_TEXT.matcher(value).matches() || value.startsWith("[") && open != closed;
  }

  private static Map<String, Integer> keyLines(List<String> yaml) {
    Map<String, Integer> lines = new HashMap<>();
    for (int i = 0; i < yaml.size(); i++) {
      Matcher matcher = KEY.matcher(yaml.get(i));
      if (matcher.matches()) {
        lines.putIfAbsent(matcher.group(1), i + 2);
      }
    }
    return lines;
  }

  private static BrokenException broken(YamlEngineException failure) {
    int line = 2;
    String message = failure.getMessage();
    if (failure instanceof MarkedYamlEngineException marked) {
      message = marked.getProblem();
      // Of what is never closed, the beginning tells more than the place where that is noticed.
      boolean open = String.valueOf(marked.getContext()).matches(".*(flow|scalar).*");
      Optional<Mark> mark =
          open && marked.getContextMark().isPresent()
              ? marked.getContextMark()
              : marked.getProblemMark();
      line = mark.map(Mark::getLine).orElse(0) + 2;
    }
    return new BrokenException("the front matter is not YAML: " + message, line);
  }
}
