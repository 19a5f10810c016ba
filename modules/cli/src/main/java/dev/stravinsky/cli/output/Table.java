package dev.stravinsky.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns; the last column is cut so that a row fits in 80 columns on a terminal.
 */
public final class Table {
  private static final int WIDTH = 80;
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    this.heads = List.of(heads);
  }

  /** As many cells as heads. */
  public Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(Printable.of(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Prints heads and rows.
   *
   * @param cut whether rows may be cut to the width of a terminal; never for a pipe
   */
  public void print(PrintStream out, boolean cut) {
    int[] widths = widths();
    printRow(out, heads, widths, cut);
    rows.forEach(row -> printRow(out, row, widths, cut));
  }

  private int[] widths() {
    int[] widths = new int[heads.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = heads.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static void printRow(PrintStream out, List<String> row, int[] widths, boolean cut) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.repeat(" ", widths[i] - row.get(i).length()).append(GAP);
      }
    }
    String text = line.toString().stripTrailing();
    out.println(cut && text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text);
  }
}
