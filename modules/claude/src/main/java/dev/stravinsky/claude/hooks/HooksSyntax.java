package dev.stravinsky.claude.hooks;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Hooks are well-formed in their languages. What is no program and no known data is left alone. */
public final class HooksSyntax implements Validator {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  @Override
  public String id() {
    return "hooks-syntax";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE, Phase.STAGED, Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    return TIME_LIMIT;
  }

  @Override
  public String explanation() {
    return "Python, shell and JavaScript hooks are compiled by their own interpreters, which run"
        + " nothing; JSON, YAML and TOML beside them are read. Without the interpreter a language"
        + " is not checked.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException, InterruptedException {
    List<Script> scripts = HookScripts.in(context);
    Programs programs = new Programs(context.variables(), context.userHome());
    Map<Script, Verdict> verdicts = new Languages(programs, context).judge(scripts);
    List<Finding> findings = new ArrayList<>();
    Map<String, List<Script>> notChecked = new TreeMap<>();
    for (Script script : scripts) {
      switch (verdicts.get(script)) {
        case Verdict.Sound sound -> {}
        case Verdict.Broken broken -> findings.add(broken(script, broken));
        case Verdict.NotChecked reason ->
            notChecked.computeIfAbsent(reason.reason(), r -> new ArrayList<>()).add(script);
      }
    }
    notChecked.forEach((reason, which) -> findings.add(notChecked(reason, which)));
    return findings;
  }

  private Finding broken(Script script, Verdict.Broken broken) {
    String doubt = broken.certain() ? "" : " (by an interpreter that is not the one it names)";
    return Finding.of(
            id(),
            broken.certain() ? Severity.BLOCK : Severity.WARN,
            ErrorKind.PARSE_ERROR,
            broken.message() + doubt)
        .inFile(script.file().live())
        .atLine(Math.max(1, broken.line()));
  }

  private Finding notChecked(String reason, List<Script> which) {
    String what =
        which.size() == 1
            ? which.getFirst().file().name() + " was not checked: "
            : which.size() + " files in hooks were not checked: ";
    return Finding.of(id(), Severity.INFO, ErrorKind.UNKNOWN, what + reason);
  }
}
