package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher starts the program from anywhere, and nothing but the program is heard. */
class LauncherTest {
  @TempDir Path temporary;

  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(temporary.resolve("home"));
  }

  @Test
  void version_emptyEnvironment_isPrinted() throws Exception {
    assertVersion(Run.of(Map.of(), Distribution.launcher(), "--version"));
  }

  @Test
  void version_homeThatCannotBeWritten_isPrinted() throws Exception {
    assertVersion(Run.of(Map.of("HOME", "/proc"), Distribution.launcher(), "--version"));
  }

  @Test
  void version_throughLinksToLinks_isPrinted() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("bin"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Distribution.launcher());
    Path second =
        Files.createSymbolicLink(temporary.resolve("second"), temporary.relativize(first));

    assertVersion(Run.of(new User(home).variables(), second, "--version"));
  }

  @Test
  void version_byNameInPath_isPrinted() throws Exception {
    Map<String, String> variables = new User(home).variables();
    variables.put("PATH", Distribution.launcher().getParent() + ":/usr/bin:/bin");

    assertVersion(Run.of(variables, Path.of("/bin/sh"), "-c", "stravinsky --version"));
  }

  @Test
  void archive_unpackedWhereTheNameIsNotAscii_worksInTheCLocale() throws Exception {
    Path place = Files.createDirectory(temporary.resolve("a place für Ünïcode"));
    Path archive = Distribution.archive();
    assertThat(Run.of(Map.of(), Path.of("/bin/tar"), "-xzf", archive, "-C", place).status())
        .isZero();
    Map<String, String> variables = Map.of("HOME", home.toString(), "LC_ALL", "C");
    Path launcher;
    try (Stream<Path> unpacked = Files.list(place)) {
      launcher = unpacked.findFirst().orElseThrow().resolve("bin/stravinsky");
    }

    assertVersion(Run.of(variables, launcher, "--version"));
    assertThat(caches()).hasSize(1);
    assertVersion(Run.of(variables, launcher, "--version"));
    assertThat(Run.of(variables, launcher, "status").status()).isZero();
    // One for the commands that only list, one for all others.
    assertThat(caches()).hasSize(2);
  }

  @Test
  void version_optionsForOtherJavaPrograms_areIgnored() throws Exception {
    Map<String, String> variables = new User(home).variables();
    variables.put("JAVA_TOOL_OPTIONS", "-Dx=y");
    variables.put("JDK_JAVA_OPTIONS", "-Dx=y");
    variables.put("_JAVA_OPTIONS", "-Xmx1m");
    variables.put("CLASSPATH", "nowhere");

    assertVersion(Run.of(variables, Distribution.launcher(), "--version"));
  }

  @Test
  void firstUse_bySeveralAtOnce_leavesOneCacheAndNothingElse() throws Exception {
    Callable<Run> run = () -> Run.of(variables(), Distribution.launcher(), "--version");
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (Future<Run> result : threads.invokeAll(List.of(run, run, run))) {
        assertVersion(result.get());
      }
    }

    assertThat(caches()).hasSize(1);
    assertThat(filesInHome()).containsExactlyElementsOf(caches());
  }

  @Test
  void firstUse_afterOneThatWasKilled_makesTheCache() throws Exception {
    assertVersion(Run.of(variables(), Distribution.launcher(), "--version"));
    Path cache = caches().getFirst();
    Path making = Files.createDirectory(cache.resolveSibling("making.999999999"));
    Files.move(cache, making.resolve("cache"));

    assertVersion(Run.of(variables(), Distribution.launcher(), "--version"));
    assertThat(filesInHome()).containsExactly(cache);
  }

  @Test
  void version_cacheThatIsDamaged_isPrinted() throws Exception {
    assertVersion(Run.of(variables(), Distribution.launcher(), "--version"));
    Files.writeString(caches().getFirst(), "not a cache at all\n".repeat(10_000));

    assertVersion(Run.of(variables(), Distribution.launcher(), "--version"));
  }

  @Test
  void chaos_aFewCells_hold() throws Exception {
    Run run =
        new User(home).types("chaos", "run", "--seed", "1", "--only", "{download,backup}/disk-*");

    assertThat(run.out()).contains("download/disk-full", "violations: 0");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void chaos_nothingLikeThat_isAMistake() throws Exception {
    Run run = new User(home).types("chaos", "run", "--only", "no-such-thing");

    assertThat(run.err()).contains("nothing to try is like \"no-such-thing\"");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void firstUse_withAPlugin_makesTheHostsCacheToo() throws Exception {
    assertThat(new User(home).types("plugin", "list").status()).isZero();
    Path place = Path.of("stravinsky" + Distribution.HOME.toRealPath());
    String cache = Files.readString(Distribution.HOME.resolve("build-id")).strip() + ".all";
    Path mine = Files.createDirectories(home.resolve(".cache").resolve(place)).resolve(cache);
    Files.copy(Distribution.HOME.resolveSibling("test-cache").resolve(place).resolve(cache), mine);
    Path plugins = Files.createDirectories(home.resolve(".stravinsky/plugins"));
    Path rehearsed = Distribution.HOME.resolve("lib/rehearsal/plugin.jar");
    assertThat(Run.of(variables(), Distribution.launcher(), "plugin", "list").status()).isZero();
    assertThat(filesInHome()).containsExactly(mine);
    Files.copy(rehearsed, plugins.resolve("plugin.jar"));

    Run listed = Run.of(variables(), Distribution.launcher(), "plugin", "list");

    assertThat(listed.status()).as(listed.toString()).isZero();
    assertThat(listed.out()).contains("check:rehearsed");
    assertThat(hostCaches()).hasSize(1);

    Files.writeString(hostCaches().getFirst(), "not a cache at all\n".repeat(10_000));
    assertThat(Run.of(variables(), Distribution.launcher(), "plugin", "list")).isEqualTo(listed);
  }

  private List<Path> hostCaches() throws IOException {
    return filesInHome().stream().filter(file -> file.toString().endsWith(".host")).toList();
  }

  private static void assertVersion(Run run) {
    assertThat(run).isEqualTo(new Run(0, "stravinsky 0.1.0\n", ""));
  }

  private Map<String, String> variables() {
    return Map.of("HOME", home.toString());
  }

  private List<Path> caches() throws IOException {
    return filesInHome().stream()
        .filter(file -> file.toString().matches(".*\\.(lists|all)"))
        .toList();
  }

  private List<Path> filesInHome() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    }
  }
}
