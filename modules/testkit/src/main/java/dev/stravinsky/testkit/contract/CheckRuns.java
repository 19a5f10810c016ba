package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.ScriptedValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The base of the suites for a {@link CheckRunner}. */
public abstract class CheckRuns extends SandboxTest {
  protected static final ScriptedValidator SOUND = ScriptedValidator.of("sound", c -> List.of());

  /**
   * A runner of these checks.
   *
   * @param content checks of files in this process, as a {@code ValidatorProvider} brings them
   * @param external checks as they come from plugins
   */
  protected abstract CheckRunner runner(List<Validator> content, List<Validator> external);

  protected void assertFailed(CheckReport report, Ending ending, String words) {
    Result result = report.results().getFirst();
    assertThat(result.checkId()).isEqualTo("broken");
    assertThat(result.ending()).isEqualTo(ending);
    assertThat(result.findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.kind() == ErrorKind.UNKNOWN)
        .matches(f -> f.checkId().equals("broken"))
        .matches(f -> f.message().contains(words));
  }

  protected CheckReport run(
      List<Validator> content, List<Validator> external, CheckContext context) {
    return runner(content, external).run(request(context));
  }

  protected static CheckRequest request(CheckContext context) {
    return new CheckRequest(context, Optional.empty(), Set.of(), Set.of(), true);
  }

  protected CheckContext context(Phase phase) {
    return CheckContexts.in(sandbox).phase(phase).build();
  }

  protected static Validator fileless(String id) {
    return ScriptedValidator.of(
        id, c -> List.of(Finding.of(id, Severity.BLOCK, ErrorKind.UNKNOWN, "not today")));
  }

  /** Finds these faults after the change; what it finds before is said by {@link #before}. */
  protected ScriptedValidator faulty(String... messages) {
    return ScriptedValidator.of(
        "faulty",
        c ->
            (c.requiredCommands().isEmpty() ? List.of(messages) : c.requiredCommands())
                .stream()
                    .map(m -> Finding.of("faulty", Severity.BLOCK, ErrorKind.PARSE_ERROR, m))
                    .map(f -> f.inFile(file()))
                    .toList());
  }

  protected CheckContext before(String... messages) {
    return CheckContexts.in(sandbox)
        .phase(Phase.STAGED)
        .requiredCommands(List.of(messages))
        .build();
  }

  protected TargetPath place() {
    Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    return new TargetPath(hooks, EntryPath.of("x.sh"));
  }

  protected Path file() {
    return place().live();
  }
}
