package dev.stravinsky.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is there is asked of {@code Presence} alone: {@link Files} answers no also where a disk or a
 * directory did not say, and whoever believes it deletes, replaces or leaves out what is there.
 */
class PresenceAskedTest {
  private static final Set<String> QUESTIONS =
      Set.of("exists", "notExists", "isDirectory", "isRegularFile", "isSymbolicLink");

  /** Where a wrong no does no harm, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "dev.stravinsky.claude.Programs", "a shell, too, goes past what it may not look at",
          "dev.stravinsky.cli.command.GuardCommand", "the same; nothing was begun yet",
          "dev.stravinsky.pluginhost.PluginFolder", "a file then, whose reading tells why not",
          "dev.stravinsky.validator.external.PluginFolders", "the same files as the host's",
          "dev.stravinsky.pluginhost.PluginHostLauncher", "without its cache it starts later",
          "dev.stravinsky.update.LeftBehind", "where /proc does not tell, nothing is claimed");

  private static JavaClasses core;

  @BeforeAll
  static void importCore() throws IOException {
    core = Distribution.classesWithout("testkit");
  }

  @Test
  void core_whatIsThere_isAskedOfPresence() {
    noClasses()
        .that(DescribedPredicate.describe("have no reason", each -> !isExempt(each)))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "a question whose no can mean that nobody could look", PresenceAskedTest::asks))
        .check(core);
  }

  @Test
  void exceptions_each_stillAsks() {
    Set<String> asking =
        core.stream()
            .filter(each -> each.getAccessesFromSelf().stream().anyMatch(PresenceAskedTest::asks))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    assertThat(asking).containsAll(EXCEPTIONS.keySet());
  }

  private static boolean isExempt(JavaClass each) {
    return EXCEPTIONS.containsKey(each.getName());
  }

  private static boolean asks(JavaAccess<?> access) {
    boolean ofFiles =
        access.getTargetOwner().isEquivalentTo(Files.class)
            || access.getTargetOwner().isAssignableTo(FileSystemProvider.class);
    return ofFiles && QUESTIONS.contains(access.getTarget().getName());
  }
}
