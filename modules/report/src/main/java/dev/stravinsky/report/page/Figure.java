package dev.stravinsky.report.page;

import java.util.List;

/** A drawing with a caption, a sentence that says what it shows, and its figures as a table. */
final class Figure {
  private final Markup page;
  private final String id;

  Figure(Markup page, String id) {
    this.page = page;
    this.id = id;
  }

  /** Begins the drawing; readers of the screen hear caption and sentence in its place. */
  void begin(String caption, String sentence, int height) {
    page.open("figure");
    page.leaf("figcaption", caption, "id", id + "-caption");
    page.leaf("p", sentence, "class", "hint", "id", id + "-hint");
    page.open(
        "svg",
        "role",
        "img",
        "class",
        "chart",
        "width",
        "100%",
        "height",
        Integer.toString(height),
        "aria-labelledby",
        id + "-caption",
        "aria-describedby",
        id + "-hint");
  }

  /** A mark at a place, which a mouse can ask what it is. */
  void mark(String x, double y, Outcome outcome, int size, String title) {
    page.open(
            "use",
            "href",
            "#mark-" + outcome.css() + "-" + size,
            "x",
            x,
            "y",
            Integer.toString((int) Math.round(y)),
            "class",
            outcome.css())
        .leaf("title", title)
        .close();
  }

  void label(String text, String x, int y, String css) {
    page.leaf("text", text, "class", css, "x", x, "y", Integer.toString(y));
  }

  void line(int y) {
    String height = Integer.toString(y);
    page.empty("line", "class", "rule", "x1", "0", "x2", "100%", "y1", height, "y2", height);
  }

  /** Ends the drawing; the table follows. */
  void end(List<String> head, List<List<String>> rows) {
    page.close();
    page.open("details", "id", id + "-table").leaf("summary", "The same as a table");
    table(page, id + "-caption", head, rows);
    page.close().close().line();
  }

  /** A table that scrolls by itself where it is too wide, also by keys. */
  static void table(Markup page, String labelledBy, List<String> head, List<List<String>> rows) {
    openTable(page, labelledBy, head);
    for (List<String> row : rows) {
      page.open("tr");
      row.forEach(cell -> page.leaf("td", cell));
      page.close().line();
    }
    closeTable(page);
  }

  static void openTable(Markup page, String labelledBy, List<String> head) {
    page.open(
        "div", "class", "wide", "role", "region", "tabindex", "0", "aria-labelledby", labelledBy);
    page.open("table").open("thead").open("tr");
    head.forEach(cell -> page.leaf("th", cell, "scope", "col"));
    page.close().close().line().open("tbody");
  }

  static void closeTable(Markup page) {
    page.close().close().close();
  }

  /** The shapes of all marks, in three sizes each. */
  static void defineMarks(Markup page) {
    page.open("svg", "class", "marks", "width", "0", "height", "0", "aria-hidden", "true");
    page.open("defs");
    for (Outcome outcome : Outcome.values()) {
      for (int size = 1; size <= SIZES; size++) {
        page.open("g", "id", "mark-" + outcome.css() + "-" + size);
        page.empty("path", "d", outcome.shape(), "transform", "scale(" + (0.7 + 0.3 * size) + ")");
        page.close();
      }
    }
    page.close().close().line();
  }

  static final int SIZES = 3;

  /** The size for so many at one place. */
  static int size(int count) {
    return count == 1 ? 1 : count < 10 ? 2 : SIZES;
  }
}
