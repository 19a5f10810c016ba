package dev.stravinsky.chaos.mutants;

import dev.stravinsky.chaos.mutants.ChaosRun.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which mutant was found by which scenario, as a page. */
final class MutantTable {
  private static final int SHOWN = 110;

  private final long seed;
  private final Map<Mutant, Optional<Finding>> found = new LinkedHashMap<>();

  MutantTable(long seed) {
    this.seed = seed;
  }

  void add(Mutant mutant, Optional<Finding> finding) {
    found.put(mutant, finding);
  }

  /** Those that nothing found. */
  List<String> survivors() {
    return found.entrySet().stream()
        .filter(each -> each.getValue().isEmpty())
        .map(each -> each.getKey().name())
        .toList();
  }

  /** The cells that found one. */
  List<String> cells() {
    return found.values().stream()
        .flatMap(Optional::stream)
        .map(finding -> finding.id().substring(0, finding.id().lastIndexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  void write(Path file) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("| mutant | the mistake | found by | what did not hold |\n|---|---|---|---|\n");
    found.forEach(
        (mutant, finding) ->
            page.append("| `%s` | %s | ".formatted(mutant.name(), mutant.mistake()))
                .append(finding.map(f -> "`" + f.id() + "`").orElse("**nothing**"))
                .append(" | ")
                .append(finding.map(f -> cell(f.violation())).orElse(""))
                .append(" |\n"));
    long caught = found.size() - survivors().size();
    page.append("\n%d of %d found; seed %d.\n".formatted(caught, found.size(), seed));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page);
  }

  private static String cell(String violation) {
    String line = violation.replaceAll("[0-9a-f]{64}", "...").replaceAll("[|\\s]+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " ...";
  }
}
