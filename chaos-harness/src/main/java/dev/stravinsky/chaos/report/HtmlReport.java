package dev.stravinsky.chaos.report;

import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.ChaosReport.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code chaos.html}: one page that needs nothing else, with no script. Operations by faults, each
 * cell coloured by how it ended; below it each failure with what to type, and why cells are empty.
 */
public final class HtmlReport {
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final ChaosReport report;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(ChaosReport report) {
    this.report = report;
  }

  /** Writes it, in place of what is there. */
  public static void write(ChaosReport report, Path file) throws IOException {
    HtmlReport html = new HtmlReport(report);
    html.page();
    Files.writeString(file, html.page);
  }

  private void page() throws IOException {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>Stravinsky chaos: " + text(report.suite()) + "</title>\n");
    page.append("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    summary();
    matrix();
    failures();
    cells();
    empty();
    page.append("</main>\n</body>\n</html>\n");
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("chaos.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void summary() {
    String verdict = report.passed() ? "passed" : "failed";
    page.append("<h1>Chaos suite <q>" + text(report.suite()) + "</q>: ");
    page.append("<span class=\"" + verdict + "\">" + verdict + "</span></h1>\n<p>");
    page.append(report.injected() + " of " + report.planned() + " planned faults took place; ");
    page.append("<strong>" + report.violations() + " violations</strong>; ");
    page.append(report.count(Verdict.PASSED) + " cells passed, ");
    page.append(report.count(Verdict.FAILED) + " failed, ");
    page.append(report.count(Verdict.EMPTY) + " mean nothing, ");
    page.append(report.count(Verdict.NOT_RUN) + " were not run.</p>\n<p>");
    page.append(text(report.started() + ", " + seconds(report.took().toMillis()) + " s, "));
    page.append(text(report.system() + ", " + report.ground()) + "</p>\n");
    page.append("<p>Again: <code>" + text(report.again()) + "</code></p>\n");
  }

  private void matrix() {
    Set<String> faults = names(Row::fault);
    Map<String, Row> byId = report.rows().stream().collect(Collectors.toMap(Row::id, row -> row));
    page.append("<h2>Operations by faults</h2>\n<div class=\"wide\"><table class=\"matrix\">\n");
    page.append("<thead><tr><th scope=\"col\">Operation</th>");
    faults.forEach(fault -> page.append("<th scope=\"col\"><span>" + text(fault) + "</span></th>"));
    page.append("</tr></thead>\n<tbody>\n");
    for (String operation : names(Row::operation)) {
      page.append("<tr><th scope=\"row\">" + text(operation) + "</th>");
      for (String fault : faults) {
        Row row = byId.get(operation + "/" + fault);
        page.append(row == null ? "<td></td>" : cell(row));
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>\n");
  }

  private Set<String> names(Function<Row, String> name) {
    return report.rows().stream().map(name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The result is also said in words: colours alone tell some people nothing. */
  private static String cell(Row row) {
    String said =
        switch (row.verdict()) {
          case PASSED -> Integer.toString(row.injected());
          case FAILED -> row.violations() + "!";
          case EMPTY -> "–";
          case NOT_RUN -> "?";
        };
    String title = row.id() + ": " + row.because().orElse(words(row));
    return "<td class=\"%s\" title=\"%s\">%s</td>"
        .formatted(name(row.verdict()), text(title), said);
  }

  private static String words(Row row) {
    return row.injected() + " of " + row.planned() + " faults, " + row.violations() + " violations";
  }

  private void failures() {
    List<Row> failed =
        report.rows().stream().filter(row -> row.verdict() == Verdict.FAILED).toList();
    if (failed.isEmpty()) {
      return;
    }
    page.append("<h2>Failures</h2>\n");
    for (Row row : failed) {
      page.append("<h3>" + text(row.id()) + "</h3>\n<p>" + text(words(row)) + "</p>\n");
      row.failures().forEach(this::failure);
    }
  }

  private void failure(Failure failure) {
    page.append("<h4>" + text(failure.id()) + "</h4>\n<p>" + text(failure.place()) + "</p>\n<ul>");
    if (!failure.fired()) {
      page.append("<li>The planned fault did not take place.</li>");
    }
    failure.violations().forEach(each -> page.append("<li>" + text(each) + "</li>"));
    page.append("</ul>\n<p><code>" + text(report.replay(failure)) + "</code></p>\n");
    if (!failure.trace().isEmpty()) {
      page.append("<details><summary>What was done to the file system</summary><pre>");
      failure.trace().forEach(each -> page.append(text(each)).append('\n'));
      page.append("</pre></details>\n");
    }
  }

  private void cells() {
    page.append("<h2>Every cell</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
    for (String head :
        List.of("Cell", "Result", "Places", "Planned", "Injected", "States", "Violations", "s")) {
      page.append("<th scope=\"col\">" + head + "</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    report.rows().stream()
        .filter(row -> row.verdict() != Verdict.EMPTY)
        .forEach(
            row ->
                page.append(
                    "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%s</td></tr>\n"
                        .formatted(
                            text(row.id()),
                            name(row.verdict()),
                            name(row.verdict()),
                            row.places(),
                            row.planned(),
                            row.injected(),
                            row.states(),
                            row.violations(),
                            seconds(row.took().toMillis()))));
    page.append("</tbody></table></div>\n");
  }

  private void empty() {
    page.append("<h2>Cells that mean nothing</h2>\n<dl>\n");
    for (Row row : report.rows()) {
      row.because()
          .ifPresent(
              why -> page.append("<dt>" + text(row.id()) + "</dt><dd>" + text(why) + "</dd>\n"));
    }
    page.append("</dl>\n");
  }

  private static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  /** What was said by files and errors is text here, and nothing else. */
  private static String text(String any) {
    return any.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
