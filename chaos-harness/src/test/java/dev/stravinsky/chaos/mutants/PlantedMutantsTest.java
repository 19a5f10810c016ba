package dev.stravinsky.chaos.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.mutants.ChaosRun.Finding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The suite finds mistakes that were planted in the product. */
class PlantedMutantsTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("chaos.repository", ".."));
  private static final Path FOLDER =
      REPOSITORY.resolve("chaos-harness/src/test/resources/mutants").normalize();
  private static final String EVERY_CELL = "/";
  private static final int FEWEST = 15;

  @TempDir Path temporary;

  @Test
  void everyMutant_changesTheProductInJustOnePlace() throws IOException {
    List<Mutant> mutants = Mutant.all(FOLDER);
    assertThat(mutants).hasSizeGreaterThanOrEqualTo(FEWEST);
    for (Mutant mutant : mutants) {
      assertThat(mutant.in(REPOSITORY)).as(mutant.name()).isNotEmpty();
      assertThat(mutant.mistake()).as(mutant.name()).endsWith(".");
    }
  }

  @Test
  void everyMutant_isOnThePageOfThem() throws IOException {
    String page = Files.readString(REPOSITORY.resolve("docs/chaos-mutants.md"));
    for (Mutant mutant : Mutant.all(FOLDER)) {
      assertThat(page).contains("| `" + mutant.name() + "` | " + mutant.mistake() + " |");
    }
    assertThat(page).doesNotContain("**nothing**");
  }

  /** Each until the first violation; then what found them, on the product as it is. */
  @Test
  @Tag("chaos-mutants")
  @EnabledIfSystemProperty(named = "chaos.mutants", matches = "true")
  void everyMutant_isFoundByTheSuite_andTheProductIsNot() throws IOException {
    long seed = Long.getLong("chaos.seed", 1);
    String only = System.getProperty("chaos.mutant", ".*");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    MutantBuild build = new MutantBuild(REPOSITORY, classPath);
    MutantTable table = new MutantTable(seed);
    for (Mutant mutant : Mutant.all(FOLDER)) {
      if (mutant.name().matches(only)) {
        Optional<Finding> finding = find(mutant, build, seed);
        table.add(mutant, finding);
        System.out.println(mutant.name() + ": " + finding.map(f -> f.id() + " " + f.violation()));
      }
    }
    Path report = Path.of(System.getProperty("chaos.report", "target/chaos"));
    table.write(report.resolve("mutants.md"));
    assertThat(table.survivors()).as("mutants that nothing found").isEmpty();

    String cells = ChaosRun.anyOf(table.cells());
    ChaosRun product = ChaosRun.of(absolute(classPath), cells, seed, folder("product"));
    System.out.println("the product as it is: " + product.injected() + " faults in " + cells);
    assertThat(product.finding()).isEmpty();
    assertThat(product.injected()).isPositive();
  }

  private Optional<Finding> find(Mutant mutant, MutantBuild build, long seed) throws IOException {
    Path folder = folder(mutant.name());
    String classPath = absolute(build.compile(mutant, folder));
    boolean everywhere =
        Boolean.parseBoolean(System.getProperty("chaos.mutants.everywhere", "true"));
    List<String> tried = everywhere ? List.of(mutant.first(), EVERY_CELL) : List.of(mutant.first());
    for (String cells : tried) {
      Optional<Finding> finding = ChaosRun.of(classPath, cells, seed, folder).finding();
      if (finding.isPresent()) {
        return finding;
      }
    }
    return Optional.empty();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(temporary.resolve(name));
  }

  /** The other process has the same working directory, but who knows for how long. */
  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
