package dev.stravinsky.chaos;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chaos list}. */
@Command(name = "list", description = "List the cells of the matrix: operation/fault.")
final class ListCommand extends ChaosCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "Only cells like this.")
  String pattern;

  @Option(names = "--empty", description = "Those that mean nothing, and why.")
  boolean empty;

  @Override
  int run(PrintWriter out) {
    List<Cell> cells;
    try {
      cells = Matrix.all().stream().filter(Selection.of(pattern)).toList();
    } catch (IllegalArgumentException e) {
      throw mistake(e.getMessage());
    }
    for (Cell cell : cells) {
      if (cell.isEmpty() == empty) {
        out.println(cell.because().map(why -> cell.id() + ": " + why).orElse(cell.id()));
      }
    }
    return 0;
  }
}
