package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.ResultingFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Python modules that lie beside a script, in the state that is judged. */
final class LocalModules {
  private static final String PACKAGE = "__init__.py";

  private final ResultingFiles files;

  LocalModules(ResultingFiles files) {
    this.files = files;
  }

  /**
   * What a dotted name leads to below a folder.
   *
   * @param files the Python files that importing it reads
   * @param folder the package that it names, if it names one
   * @param regular whether the first package is one by {@code __init__.py}, and so hides all others
   *     of its name
   * @param lacking how far the name leads and no further; empty if all of it is there
   */
  record Found(
      List<Path> files, Optional<Path> folder, boolean regular, Optional<String> lacking) {}

  /** Looks a name up; empty if not even its first part is there. */
  Optional<Found> find(Path base, List<String> parts) throws IOException {
    List<Path> read = new ArrayList<>();
    Path folder = base;
    boolean regular = true;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      Set<String> names = files.names(folder);
      Set<String> inside = names.contains(part) ? files.names(folder.resolve(part)) : Set.of();
      if (inside.contains(PACKAGE)) {
        folder = folder.resolve(part);
        read.add(folder.resolve(PACKAGE));
      } else if (isModule(names, part)) {
        read.add(folder.resolve(part + ".py"));
        return Optional.of(new Found(read, Optional.empty(), true, lack(parts, i + 1)));
      } else if (!inside.isEmpty()) {
        folder = folder.resolve(part);
        regular &= i > 0;
      } else {
        return i == 0
            ? Optional.empty()
            : Optional.of(new Found(read, Optional.empty(), regular, lack(parts, i)));
      }
    }
    return Optional.of(new Found(read, Optional.of(folder), regular, Optional.empty()));
  }

  /** Whether a package has {@code __init__.py}, which may define any name. */
  boolean isRegular(Path folder) throws IOException {
    return files.names(folder).contains(PACKAGE);
  }

  private static boolean isModule(Set<String> names, String part) {
    return names.contains(part + ".py")
        || names.stream()
            .filter(name -> name.startsWith(part + "."))
            .anyMatch(name -> name.matches(".*\\.(so|pyd|pyc)"));
  }

  private static Optional<String> lack(List<String> parts, int first) {
    return first < parts.size()
        ? Optional.of(String.join(".", parts.subList(0, first + 1)))
        : Optional.empty();
  }
}
