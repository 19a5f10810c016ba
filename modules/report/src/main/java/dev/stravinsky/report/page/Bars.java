package dev.stravinsky.report.page;

import java.util.List;

/** Values as bars, one a row, each with its name and its value as text. */
final class Bars {
  private Bars() {}

  /**
   * A bar.
   *
   * @param shown the value in its unit
   * @param more what else is worth knowing of it
   */
  record Bar(String name, double value, String shown, String more) {}

  static void write(Markup page, String caption, String id, List<String> head, List<Bar> bars) {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    page.open("figure").leaf("figcaption", caption, "id", id + "-caption");
    page.open(
        "div",
        "class",
        "wide",
        "role",
        "region",
        "tabindex",
        "0",
        "aria-labelledby",
        id + "-caption");
    page.open("table", "class", "bars").open("thead").open("tr");
    for (int i = 0; i < head.size(); i++) {
      page.leaf("th", head.get(i), "scope", "col");
      if (i == 0) {
        page.open("td", "class", "bar").close();
      }
    }
    page.close().close().line().open("tbody");
    for (Bar bar : bars) {
      double share = most <= 0 ? 0 : 100 * bar.value() / most;
      page.open("tr").leaf("th", bar.name(), "scope", "row");
      page.open("td", "class", "bar");
      page.open("svg", "width", "100%", "height", "14", "aria-hidden", "true");
      page.empty("rect", "width", "100%", "height", "14", "class", "track");
      page.empty("rect", "width", TimeAxis.percent(share), "height", "14", "class", "fill");
      page.close().close();
      page.leaf("td", bar.shown(), "class", "number").leaf("td", bar.more());
      page.close().line();
    }
    Figure.closeTable(page);
    page.close().line();
  }
}
