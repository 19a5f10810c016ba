package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link Validator} must do, plugins' too: extend this class in your tests, make your
 * validator in {@link #validator}, and add tests of what it finds.
 */
public abstract class ValidatorContract extends SandboxTest {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** The validator under test, made anew. */
  protected abstract Validator validator() throws IOException;

  @Test
  void id_always_isLowerCaseWithHyphensAndStable() throws IOException {
    assertThat(validator().id())
        .matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")
        .hasSizeLessThanOrEqualTo(60)
        .isEqualTo(validator().id());
  }

  @Test
  void phases_always_areSome() throws IOException {
    assertThat(validator().phases()).isNotEmpty().isEqualTo(validator().phases());
  }

  @Test
  void timeLimit_always_isPositiveAndBearable() throws IOException {
    assertThat(validator().timeLimit()).isPositive().isLessThanOrEqualTo(LONGEST);
  }

  @Test
  void explanation_always_isText() throws IOException {
    assertThat(validator().explanation()).isNotNull().doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void check_nothingThere_returns(Phase phase) throws Exception {
    check(CheckContexts.in(sandbox).phase(phase).build());
    check(CheckContexts.in(sandbox).phase(phase).liveClaude().build());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void check_hostileFiles_returns(Phase phase) throws Exception {
    writeHostileFiles();

    check(CheckContexts.in(sandbox).phase(phase).liveClaude().build());
  }

  @Test
  void check_filesThatHaveGone_returns() throws Exception {
    Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    List<TargetView.Node> nodes =
        Stream.of("gone.py", "gone.sh", "gone.json")
            .map(
                name ->
                    new TargetView.Node(
                        EntryPath.of(name),
                        hooks.root().resolve(name),
                        Optional.empty(),
                        Origin.USER))
            .toList();

    check(CheckContexts.in(sandbox).targets(List.of(new TargetView(hooks, nodes))).build());
  }

  @Test
  void check_always_onlyReads() throws Exception {
    writeHostileFiles();
    Map<Path, EntryState> before = states();

    for (Phase phase : validator().phases()) {
      check(CheckContexts.in(sandbox).phase(phase).liveClaude().build());
    }

    assertThat(states()).isEqualTo(before);
  }

  @Test
  void check_twice_findsTheSame() throws Exception {
    writeHostileFiles();
    CheckContext context = CheckContexts.in(sandbox).liveClaude().build();

    assertThat(check(context)).isEqualTo(check(context));
  }

  @Test
  void check_cancelledFromTheStart_returns() throws Exception {
    writeHostileFiles();

    check(CheckContexts.in(sandbox).liveClaude().cancellation(() -> true).build());
  }

  @Test
  void check_cancelledUnderWay_returns() throws Exception {
    writeHostileFiles();
    AtomicInteger asked = new AtomicInteger();

    check(
        CheckContexts.in(sandbox)
            .liveClaude()
            .cancellation(() -> asked.incrementAndGet() > 2)
            .build());
  }

  /** Checks, and holds what is found against what every finding must be. */
  protected final List<Finding> check(CheckContext context) throws Exception {
    Validator validator = validator();
    try {
      List<Finding> findings = validator.check(context);
      assertThat(findings).isNotNull().doesNotContainNull();
      assertThat(findings)
          .allSatisfy(
              finding -> {
                assertThat(finding.checkId()).isEqualTo(validator.id());
                assertThat(finding.message()).isNotBlank().doesNotContain("\n");
                finding.file().ifPresent(file -> assertThat(file).isAbsolute());
                finding.line().ifPresent(line -> assertThat(line).isPositive());
              });
      return findings;
    } catch (CouldNotCheckException e) {
      assertThat(e).message().isNotBlank();
      return List.of();
    }
  }

  private void writeHostileFiles() throws IOException {
    Path hooks = sandbox.claude().resolve("hooks");
    Path commands = sandbox.claude().resolve("commands");
    byte[] noise = new byte[4096];
    new Random(7).nextBytes(noise);
    for (String extension : List.of("py", "sh", "js", "json", "yaml", "toml", "md", "")) {
      sandbox.write(hooks.resolve("noise." + extension), noise, 0755);
      sandbox.write(hooks.resolve("empty." + extension), new byte[0], 0000);
    }
    sandbox.write(hooks.resolve("deep.json"), "[".repeat(100_000));
    sandbox.write(hooks.resolve("deep.yaml"), "[".repeat(2_000));
    sandbox.write(commands.resolve("a.md"), "---\n" + "a: &a [*a, *a]\n".repeat(50) + "---\n");
    sandbox.write(commands.resolve("b.md"), "---\n");
    sandbox.write(commands.resolve("with space\nand line.md"), "---\nx\n");
    sandbox.write(sandbox.claude().resolve("settings.json"), "{\"hooks\": [[[{}]]], \"env\": 1");
    sandbox.write(sandbox.claude().resolve("settings.local.json"), noise, 0600);
    Files.createSymbolicLink(hooks.resolve("loop"), hooks.resolve("loop"));
    Files.createSymbolicLink(hooks.resolve("nowhere.py"), sandbox.root().resolve("nowhere"));
    Files.createSymbolicLink(hooks.resolve("folder.py"), commands);
    Files.createDirectories(hooks.resolve("folder.sh"));
  }

  private Map<Path, EntryState> states() throws IOException {
    Map<Path, EntryState> states = new TreeMap<>();
    List<Path> all;
    try (Stream<Path> files = Files.walk(sandbox.userHome())) {
      all = files.toList();
    }
    for (Path path : all) {
      if (Files.isSymbolicLink(path) || Files.isReadable(path)) {
        states.put(path, EntryStates.of(path));
      }
    }
    return states;
  }
}
