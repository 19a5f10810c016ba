package dev.stravinsky.claude.documents;

import dev.stravinsky.claude.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Documents of one level that Claude Code knows by the same name, so that one hides the other. */
final class NameClashes {
  private final Map<List<Object>, SourceFile> known = new HashMap<>();

  /** Takes a document; answers with a sentence if one before it has its name. */
  Optional<String> add(SourceFile file, Optional<FrontMatter> matter) {
    Optional<String> kind = kind(file);
    Optional<String> name = kind.flatMap(k -> name(k, file, matter));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String folded = name.get().toLowerCase(Locale.ROOT);
    SourceFile first =
        known.putIfAbsent(List.of(file.view().target().scope(), kind.get(), folded), file);
    return Optional.ofNullable(first)
        .map(f -> "has the name " + name.get() + " like " + place(f) + ": one hides the other");
  }

  private static String place(SourceFile file) {
    return file.view().target().describe(file.path());
  }

  /** A command and a skill are both typed with a slash. */
  private static Optional<String> kind(SourceFile file) {
    return switch (file.view().target().name()) {
      case "agents" -> Optional.of("agent");
      case "commands", "skills" -> Optional.of("slash");
      case "output-styles" -> Optional.of("style");
      default -> Optional.empty();
    };
  }

  private static Optional<String> name(String kind, SourceFile file, Optional<FrontMatter> matter) {
    Optional<String> said =
        matter.map(m -> m.values().get("name")).map(Object::toString).filter(n -> !n.isBlank());
    String path = file.path().text().orElse(file.path().encoded());
    return switch (kind) {
      case "agent" -> said;
      case "style" -> Optional.of(said.orElse(path.replaceAll("(?i)\\.md$", "")));
      default ->
          Optional.of(
              file.view().target().name().equals("skills")
                  ? said.orElse(path.replaceAll("/?SKILL\\.md$", ""))
                  : path.replaceAll("(?i)\\.md$", "").replace('/', ':'));
    };
  }
}
