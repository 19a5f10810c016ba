package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The whole document. */
public final class HtmlPage {
  /** What the beginning of every page has, by which an older one is known. */
  public static final String MARK = "<meta name=\"generator\" content=\"Stravinsky\"/>";

  private static final Resource STYLE = Resource.named("page.css");
  private static final Resource SCRIPT = Resource.named("live.js");

  private final Markup page = new Markup();
  private final Facts facts;
  private final boolean live;

  private HtmlPage(Facts facts, boolean live) {
    this.facts = facts;
    this.live = live;
  }

  /** The page of these facts; a live one has the script that shows it anew. */
  static String of(Facts facts, boolean live) {
    return new HtmlPage(facts, live).document();
  }

  /**
   * What a browser may do with the page: show its own style, and if it is live run its own script
   * and ask where it came from; nothing else.
   */
  public static String policy(boolean live) {
    String nothingElse = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src ";
    return nothingElse
        + STYLE.source()
        + (live ? "; connect-src 'self'; script-src " + SCRIPT.source() : "");
  }

  private String document() {
    page.open("html", "lang", "en").line().open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    page.empty("meta", "name", "generator", "content", "Stravinsky").line();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(live)).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.empty("meta", "name", "referrer", "content", "no-referrer").line();
    page.leaf("title", "Stravinsky on " + Plain.name(facts.hostname())).line();
    page.open("style").verbatim(STYLE.text()).close().line();
    page.close().open("body").line();
    page.leaf("a", "Skip to the report", "class", "skip", "href", "#main");
    Figure.defineMarks(page);
    header();
    page.open("main", "id", "main", "tabindex", "-1").line();
    sections();
    page.close().line();
    if (live) {
      page.open("p", "id", "news", "role", "status", "class", "hint").close();
      page.open("script").verbatim(SCRIPT.text()).close();
    }
    page.close().close().line();
    return "<!DOCTYPE html>\n" + page;
  }

  private void header() {
    page.open("header").leaf("h1", "Stravinsky on " + Plain.name(facts.hostname()));
    page.open("p", "class", "hint").text("As it was at ");
    Moments.write(page, facts.now());
    page.text(". Kept in " + Plain.of(facts.home())).close();
    page.open("nav", "aria-label", "Parts").open("ul");
    for (Part part : Part.values()) {
      page.open("li").leaf("a", part.title(), "href", "#" + part.id()).close();
    }
    page.close().close().close().line();
  }

  private void sections() {
    List<AuditEvent> newestFirst = facts.events().or(List.of());
    List<AuditEvent> oldestFirst = newestFirst.reversed();
    Instant first = oldestFirst.isEmpty() ? facts.now() : oldestFirst.getFirst().timestamp();
    TimeAxis axis = TimeAxis.over(first, facts.now());
    BackupSection backups = new BackupSection(page, facts);
    for (Part part : Part.values()) {
      page.open("section", "id", part.id(), "aria-labelledby", part.id() + "-title");
      page.leaf("h2", part.title(), "id", part.id() + "-title").line();
      switch (part) {
        case GLANCE -> new Glance(page, facts).write();
        case TIMELINE -> {
          legend();
          new Timeline(page, oldestFirst, axis).write();
        }
        case DURATIONS -> new DurationChart(page, oldestFirst, axis).write(facts.statistics());
        case DISK -> backups.disk();
        case CHECKS -> FailedChecks.write(page, newestFirst);
        case CONFLICTS -> ConflictSection.write(page, facts.conflicts());
        case BACKUPS -> backups.list();
        case EVENTS -> events(newestFirst);
      }
      page.close().line();
    }
  }

  private void legend() {
    page.open("ul", "class", "legend");
    for (Outcome outcome : Outcome.values()) {
      page.open("li").open("svg", "width", "16", "height", "16", "aria-hidden", "true");
      page.empty(
          "use",
          "href",
          "#mark-" + outcome.css() + "-1",
          "x",
          "8",
          "y",
          "8",
          "class",
          outcome.css());
      page.close().text(" " + outcome.word()).close();
    }
    page.close();
  }

  private void events(List<AuditEvent> newestFirst) {
    if (newestFirst.isEmpty()) {
      page.leaf("p", facts.events().said(none -> "Nothing has happened yet."));
      return;
    }
    long all = facts.eventCount();
    page.leaf(
        "p",
        newestFirst.size() < all
            ? "The newest "
                + newestFirst.size()
                + " of "
                + all
                + "; the others: stravinsky audit log --limit 0"
            : "All " + all + ". One in full: stravinsky audit show NUMBER",
        "class",
        "hint");
    new EventRows(page).write(newestFirst);
  }

  /** The parts of the page, in their order. */
  private enum Part {
    GLANCE("At a glance"),
    TIMELINE("Timeline"),
    DURATIONS("Durations"),
    DISK("Disk use"),
    CHECKS("Checks that failed"),
    CONFLICTS("Conflicts"),
    BACKUPS("Backups"),
    EVENTS("Events");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    String title() {
      return title;
    }
  }
}
