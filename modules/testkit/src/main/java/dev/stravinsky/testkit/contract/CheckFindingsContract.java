package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Judged;
import dev.stravinsky.api.check.CheckReport.Reason;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link CheckRunner} says of findings: whose they are, why they block, what shows it. */
public abstract class CheckFindingsContract extends CheckRuns {
  @Test
  void run_eachFinding_saysWhyItHasItsSeverity() {
    Validator warning =
        ScriptedValidator.of(
            "warning", c -> List.of(Finding.of("x", Severity.WARN, ErrorKind.UNKNOWN, "m")));
    Validator accepted =
        ScriptedValidator.of(
            "accepted", c -> List.of(Finding.of("x", Severity.BLOCK, ErrorKind.UNKNOWN, "m")));
    CheckReport report =
        runner(List.of(faulty("old", "new"), warning, accepted, fileless("friday")), List.of())
            .run(
                new CheckRequest(
                    context(Phase.STAGED),
                    Optional.of(before("old")),
                    Set.of(),
                    Set.of("accepted"),
                    true));

    assertThat(report.results().stream().flatMap(r -> r.judged().stream()).map(Judged::reason))
        .containsExactly(
            Reason.OLD_FAULT,
            Reason.NEW,
            Reason.OWN_SEVERITY,
            Reason.ACCEPTED,
            Reason.AS_THINGS_ARE);
    assertThat(reasons(run(List.of(faulty("m")), List.of(), context(Phase.STAGED))))
        .as("nothing to compare with")
        .containsExactly(Reason.IN_FORCE);
  }

  @Test
  void run_findingWithALine_bringsThatLineAndNoSecret() throws IOException {
    sandbox.write(
        sandbox.claude().resolve("settings.json"),
        "{\n  \"env\": {\n    \"PORT\": \"8080x\"\n  },\n  \"mode\": \"fast\"\n}\n");
    Path settings = sandbox.claude().resolve("settings.json");
    Path outside = sandbox.write(sandbox.userHome().resolve("private"), "one\ntwo\nthree\n");
    Finding finding = Finding.of("x", Severity.WARN, ErrorKind.SCHEMA_ERROR, "m");
    Validator check =
        ScriptedValidator.of(
            "check",
            c ->
                List.of(
                    finding.inFile(settings).atLine(3),
                    finding.inFile(settings).atLine(5),
                    finding.inFile(settings).atLine(50),
                    finding.inFile(settings),
                    finding.inFile(outside).atLine(2)));

    CheckReport report =
        run(List.of(check), List.of(), CheckContexts.in(sandbox).liveClaude().build());

    assertThat(report.results().getFirst().judged())
        .extracting(judged -> judged.evidence().orElse("-"))
        .containsExactly("\"PORT\": \"***\"", "\"mode\": \"fast\"", "-", "-", "-");
  }

  @Test
  void run_findingBehindASecretOfSeveralLines_bringsItsOwnLine() throws IOException {
    Path notes =
        sandbox.write(
            sandbox.claude().resolve("hooks/notes.md"),
            "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----\nfive\n");
    Finding finding = Finding.of("x", Severity.WARN, ErrorKind.PARSE_ERROR, "m").inFile(notes);
    Validator check =
        ScriptedValidator.of("check", c -> List.of(finding.atLine(2), finding.atLine(5)));

    CheckReport report =
        run(List.of(check), List.of(), CheckContexts.in(sandbox).liveClaude().build());

    assertThat(report.results().getFirst().judged())
        .extracting(judged -> judged.evidence().orElse("-"))
        .containsExactly("***", "five");
  }

  @Test
  void run_always_saysWhatEachCheckLooksAt() {
    Validator check = new SelfDescribed(() -> "It looks.");
    Validator mute =
        new SelfDescribed(
            () -> {
              throw new IllegalStateException("no words");
            });

    CheckReport report = run(List.of(check, mute, SOUND), List.of(), context(Phase.STAGED));

    assertThat(report.results()).extracting(Result::rule).containsExactly("It looks.", "", "");
    assertThat(report.results()).allMatch(r -> r.ending() == Ending.COMPLETED);
  }

  private record SelfDescribed(Supplier<String> words) implements Validator {
    @Override
    public String id() {
      return "described";
    }

    @Override
    public Set<Phase> phases() {
      return Set.of(Phase.STAGED);
    }

    @Override
    public String explanation() {
      return words.get();
    }

    @Override
    public List<Finding> check(CheckContext context) {
      return List.of();
    }
  }

  private static List<Reason> reasons(CheckReport report) {
    return report.results().getFirst().judged().stream().map(Judged::reason).toList();
  }

  @Test
  void run_findingInAnotherName_isSignedWithTheChecks() {
    Validator liar =
        ScriptedValidator.of(
            "liar", c -> List.of(Finding.of("other", Severity.BLOCK, ErrorKind.UNKNOWN, "x")));

    assertThat(run(List.of(liar), List.of(), context(Phase.STAGED)).blocking())
        .singleElement()
        .matches(f -> f.checkId().equals("liar"));
  }

  @Test
  void run_findingsChangedLater_stayAsTheyWere() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.of("late", Severity.BLOCK, ErrorKind.UNKNOWN, "x"));
    CheckReport report =
        run(List.of(ScriptedValidator.of("late", c -> findings)), List.of(), context(Phase.STAGED));

    findings.clear();

    assertThat(report.blocking()).hasSize(1);
  }

  @Test
  void run_veryManyFindings_areAllJudgedInTime() throws IOException {
    int many = 30_000;
    Path file = sandbox.write(sandbox.claude().resolve("hooks/x.json"), "\"a\": 1,\n".repeat(many));
    Validator chatty =
        new ScriptedValidator(
            "chatty",
            Set.of(Phase.STAGED),
            Validator.DEFAULT_TIME_LIMIT.multipliedBy(3),
            c ->
                IntStream.range(1, many)
                    .mapToObj(
                        i ->
                            Finding.of("chatty", Severity.BLOCK, ErrorKind.PARSE_ERROR, "m" + i)
                                .inFile(file)
                                .atLine(i))
                    .toList());
    CheckContext context = CheckContexts.in(sandbox).phase(Phase.STAGED).liveClaude().build();

    CheckReport report =
        runner(List.of(chatty), List.of())
            .run(new CheckRequest(context, Optional.of(context), Set.of(), Set.of(), true));

    assertThat(report.results().getFirst().ending()).isEqualTo(Ending.COMPLETED);
    assertThat(report.blocks()).as("all are old").isFalse();
    assertThat(report.results().getFirst().judged()).allMatch(j -> j.evidence().isPresent());
  }
}
