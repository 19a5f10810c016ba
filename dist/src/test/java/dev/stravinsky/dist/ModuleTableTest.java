package dev.stravinsky.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.stravinsky.dist.ModuleTable.Row;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module table of {@code docs/architecture.md} holds in what was packaged. */
class ModuleTableTest {

  static Stream<Row> rows() throws IOException {
    return ModuleTable.rows().stream();
  }

  @Test
  void table_comparedWithTheBuild_namesTheModulesInTheSameOrder() throws IOException {
    List<String> built =
        java.nio.file.Files.readAllLines(Distribution.SOURCES.resolve("pom.xml")).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>modules/"))
            .map(line -> line.replaceAll("<module>modules/|</module>", ""))
            .toList();

    assertThat(ModuleTable.rows()).extracting(Row::name).containsExactlyElementsOf(built);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void module_requires_onlyWhatTheTableNames(Row row) throws IOException {
    Set<String> required =
        descriptor(row).requires().stream()
            .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
            .collect(Collectors.toSet());

    assertThat(required).isSubsetOf(row.modules());
  }

  @Test
  void api_requires_javaBaseAlone() throws IOException {
    assertThat(descriptor(new Row("api", List.of())).requires())
        .filteredOn(requires -> !requires.modifiers().contains(Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void classes_ofAModule_useOnlyWhatTheTableNames(Row row) throws IOException {
    JavaClasses module = Distribution.classes(List.of(jar(row)));

    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(row.packages())
        .as(row.name() + " should only use " + row.uses())
        .allowEmptyShould(false)
        .check(module);
  }

  private static Path jar(Row row) throws IOException {
    return Distribution.moduleJars().stream()
        .filter(
            jar -> jar.getFileName().toString().startsWith("dev.stravinsky." + row.name() + "-0."))
        .findFirst()
        .orElseThrow();
  }

  private static ModuleDescriptor descriptor(Row row) throws IOException {
    return ModuleFinder.of(jar(row)).find(row.moduleName()).orElseThrow().descriptor();
  }
}
