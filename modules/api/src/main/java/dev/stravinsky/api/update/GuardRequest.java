package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A program as it is to be guarded.
 *
 * @param command its words, for people and for the trail, which hides what looks like a secret
 * @param program runs it
 * @param accepted ids of checks whose blocking findings only warn
 * @param plugins whether plugins' checks run
 * @param shown what is made of a text before it is compared for people, to hide secrets
 */
public record GuardRequest(
    Scope scope,
    List<String> command,
    Program program,
    Set<String> accepted,
    boolean plugins,
    UnaryOperator<String> shown) {

  public GuardRequest {
    command = List.copyOf(command);
    accepted = Set.copyOf(accepted);
  }

  /** The program itself. */
  @FunctionalInterface
  public interface Program {
    /**
     * Runs it to its end.
     *
     * @param variables to be added to its environment: what it starts is known by them
     * @throws IOException if it could not be started
     */
    Ended run(Map<String, String> variables) throws IOException;
  }

  /**
   * How the program ended.
   *
   * @param status its exit status; of one that a signal ended 128 and the signal's number
   * @param cause why it ended, as far as that was not its own doing
   */
  public record Ended(int status, Cause cause) {
    /** Whether what it did may count. */
    public boolean well() {
      return status == 0 && cause == Cause.ITSELF;
    }
  }

  /** Who ended it. */
  public enum Cause {
    ITSELF,
    /** It took longer than it was given, and was ended. */
    TIMED_OUT,
    /** Somebody ended this process, which passed that on. */
    INTERRUPTED
  }
}
