package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.ScriptedValidator;
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
}
