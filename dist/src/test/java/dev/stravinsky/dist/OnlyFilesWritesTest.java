package dev.stravinsky.dist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Only {@code files} writes files, and nobody reaches for the default file system. */
class OnlyFilesWritesTest {
  private static final Pattern WRITING =
      Pattern.compile("(write|create|move|copy|delete|set|newOutputStream|newBufferedWriter).*");
  private static final Set<String> WRITE_OPTIONS =
      Stream.of(StandardOpenOption.values())
          .filter(option -> option != StandardOpenOption.READ)
          .map(Enum::name)
          .collect(Collectors.toSet());
  private static final List<String> FILE_WRITERS =
      List.of(
          "java.io.FileOutputStream",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.nio.channels.AsynchronousFileChannel");

  private static JavaClasses core;

  @BeforeAll
  static void importCore() throws IOException {
    core = Distribution.classesWithout("files", "testkit");
  }

  @Test
  void core_callsOfFiles_onlyRead() {
    noClasses()
        .that()
        // Felix's cache is made and removed in the plugin host's own process.
        .doNotHaveFullyQualifiedName("dev.stravinsky.pluginhost.BundleCache")
        .should()
        .accessTargetWhere(describe("a method of Files that writes", this::writes))
        .check(core);
  }

  @Test
  void core_openOptions_onlyRead() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "an option that opens for writing",
                access ->
                    access.getTargetOwner().isEquivalentTo(StandardOpenOption.class)
                        && WRITE_OPTIONS.contains(access.getTarget().getName())))
        .check(core);
  }

  @Test
  void core_oldFileClasses_areNotUsed() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "java.io.File or a stream made from one",
                access ->
                    access.getTargetOwner().isEquivalentTo(File.class)
                        || FILE_WRITERS.contains(access.getTargetOwner().getName())))
        .check(core);
  }

  @Test
  void core_defaultFileSystem_isNotUsed() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.stravinsky.cli.HostEnvironment")
        .and()
        // The plugin host is a process of the machine's, and its cache for Felix.
        .doNotHaveFullyQualifiedName("dev.stravinsky.pluginhost.BundleCache")
        .should()
        .accessTargetWhere(describe("a path of the default file system", this::makesPath))
        .check(core);
  }

  private boolean writes(JavaAccess<?> access) {
    boolean ofFiles =
        access.getTargetOwner().isEquivalentTo(Files.class)
            || assignableTo(FileSystemProvider.class).test(access.getTargetOwner());
    return ofFiles
        && WRITING.matcher(access.getTarget().getName()).matches()
        && !copiesOut(access.getTarget());
  }

  /** {@code Files.copy(Path, OutputStream)} reads. */
  private static boolean copiesOut(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget call
        && call.getName().equals("copy")
        && call.getRawParameterTypes().getLast().isEquivalentTo(OutputStream.class);
  }

  private boolean makesPath(JavaAccess<?> access) {
    boolean ofPath =
        access.getTargetOwner().isEquivalentTo(Path.class)
            && access.getTarget().getName().equals("of")
            && !takesUri(access.getTarget());
    boolean ofFileSystems =
        access.getTargetOwner().isEquivalentTo(FileSystems.class)
            && access.getTarget().getName().equals("getDefault");
    return ofPath || ofFileSystems || access.getTargetOwner().isEquivalentTo(Paths.class);
  }

  /** A URI names its file system, and keeps names of any bytes. */
  private static boolean takesUri(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget call
        && call.getRawParameterTypes().getFirst().isEquivalentTo(URI.class);
  }

  private static DescribedPredicate<JavaAccess<?>> describe(
      String description, Predicate<JavaAccess<?>> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
