package dev.stravinsky.chaos;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chaos list}. */
@Command(name = "list", description = "List the cells of the matrix: operation/fault.")
final class ListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "Only cells like this.")
  String pattern;

  @Option(names = "--empty", description = "Those that mean nothing, and why.")
  boolean empty;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public Integer call() {
    List<Cell> cells;
    try {
      cells = Matrix.all().stream().filter(Selection.of(pattern)).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Cell cell : cells) {
      if (cell.isEmpty() == empty) {
        out.println(cell.because().map(why -> cell.id() + ": " + why).orElse(cell.id()));
      }
    }
    out.flush();
    return 0;
  }
}
