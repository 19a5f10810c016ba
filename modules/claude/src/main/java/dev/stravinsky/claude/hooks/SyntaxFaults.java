package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.Programs;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks of some scripts whether they are well-formed. */
public final class SyntaxFaults {
  private SyntaxFaults() {}

  /**
   * Where a script is not well-formed.
   *
   * @param line counted from 1
   */
  public record Fault(int line, String message) {}

  /**
   * Of those that are certainly not, why. One process for each interpreter is started, however many
   * the scripts are.
   */
  public static Map<Script, Fault> of(List<Script> scripts, CheckContext context)
      throws IOException, InterruptedException {
    Programs programs = new Programs(context.variables(), context.userHome());
    Map<Script, Fault> faults = new HashMap<>();
    new Languages(programs, context)
        .judge(scripts)
        .forEach(
            (script, verdict) -> {
              if (verdict instanceof Verdict.Broken(int line, String message, boolean certain)
                  && certain) {
                faults.put(script, new Fault(Math.max(1, line), message));
              }
            });
    return faults;
  }
}
