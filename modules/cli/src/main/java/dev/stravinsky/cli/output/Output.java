package dev.stravinsky.cli.output;

import dev.stravinsky.api.error.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Everything that is printed goes through here: results to one stream, what went wrong to the
 * other.
 */
public final class Output {
  private static final int WIDTH = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colour;

  public Output(PrintStream out, PrintStream err, boolean terminal, Map<String, String> variables) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    boolean plain =
        !variables.getOrDefault("NO_COLOR", "").isEmpty()
            || variables.getOrDefault("TERM", "").equals("dumb");
    this.colour = terminal && !plain;
  }

  private Output(Output other, PrintStream results) {
    this.out = results;
    this.err = other.err;
    this.terminal = other.terminal;
    this.colour = other.colour;
  }

  /** The same with results beside the errors, where standard output is another program's. */
  public Output aside() {
    return new Output(this, err);
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** The stream of results, for tables and JSON. */
  public PrintStream results() {
    return out;
  }

  public void line(String text) {
    out.println(Printable.of(text));
  }

  /** A line that belongs to the way there, not to the result. */
  public void note(String text) {
    err.println(Printable.of(text));
  }

  /** A heading that says how it ended. */
  public void success(String text) {
    out.println(painted("32", text));
  }

  public void failure(String text) {
    err.println(painted("31", text));
  }

  /** A name and a value, indented and aligned below a heading. */
  public void field(String name, Object value) {
    line("  " + padded(name + ":", 12) + " " + value);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** A name and a text of any length, wrapped and aligned below a heading. */
  public void paragraph(String name, String text) {
    String lead = "  " + padded(name, 9) + " ";
    String rest = Printable.of(text);
    int room = WIDTH - lead.length();
    while (rest.length() > room && rest.lastIndexOf(' ', room) > 0) {
      int cut = rest.lastIndexOf(' ', room);
      out.println(lead + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      lead = " ".repeat(lead.length());
    }
    out.println(lead + rest);
  }

  /** Lines below a heading. */
  public void item(String text) {
    line("    " + text);
  }

  /** A warning: the problem without what follows from it. */
  public void warning(Problem problem) {
    wrapped(painted("33", "warning: "), problem.located());
    problem.nextCommand().ifPresent(next -> err.println("  -> " + Printable.of(next)));
  }

  /** A problem in full: what, where, what was left as it was, what to type. */
  public void problem(Problem problem) {
    wrapped(painted("31", "error: "), problem.located());
    problem.unchanged().ifPresent(left -> wrapped("  ", sentence(left)));
    problem.nextCommand().ifPresent(next -> err.println("  -> " + Printable.of(next)));
  }

  public void problems(List<Problem> problems) {
    problems.forEach(this::problem);
  }

  private void wrapped(String start, String text) {
    String rest = Printable.of(text);
    String lead = start;
    int room = WIDTH - (start.startsWith(" ") ? start.length() : "warning: ".length());
    while (rest.length() > room && rest.lastIndexOf(' ', room) > 0) {
      int cut = rest.lastIndexOf(' ', room);
      err.println(lead + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      lead = "  ";
      room = WIDTH - 2;
    }
    err.println(lead + rest);
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private String painted(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
