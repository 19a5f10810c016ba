package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.Programs;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks of a single script whether it is well-formed. */
public final class SyntaxFaults {
  private SyntaxFaults() {}

  /**
   * Where a script is not well-formed.
   *
   * @param line counted from 1
   */
  public record Fault(int line, String message) {}

  /** Empty also where nobody can tell. */
  public static Optional<Fault> of(Script script, CheckContext context)
      throws IOException, InterruptedException {
    Programs programs = new Programs(context.variables(), context.userHome());
    return new Languages(programs, context).judge(List.of(script)).get(script)
            instanceof Verdict.Broken(int line, String message, boolean certain)
        ? Optional.of(new Fault(Math.max(1, line), message)).filter(f -> certain)
        : Optional.empty();
  }
}
