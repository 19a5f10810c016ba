package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Versions in force, and what happened, along the time. */
final class Timeline {
  private static final int BAND = 40;
  private static final int LANE = 38;
  private static final int AXIS = 22;

  /** More scopes than these would push the rest off the screen. */
  private static final int MOST_SCOPES = 4;

  /** Events nearer than this to each other are one mark. */
  private static final double COLUMN_PERCENT = 0.5;

  private static final int LEGIBLE_PERCENT = 3;

  private final Markup page;
  private final Figure figure;
  private final List<AuditEvent> oldestFirst;
  private final TimeAxis axis;

  Timeline(Markup page, List<AuditEvent> oldestFirst, TimeAxis axis) {
    this.page = page;
    this.figure = new Figure(page, "timeline");
    this.oldestFirst = oldestFirst;
    this.axis = axis;
  }

  /** Events of one kind and ending that are too near to be told apart. */
  private record Place(Lane lane, int column, Outcome outcome) {}

  void write() {
    Map<String, List<VersionSpans.Span>> versions = VersionSpans.of(oldestFirst, axis);
    int bands = Math.min(versions.size(), MOST_SCOPES);
    int height = bands * BAND + Lane.values().length * LANE + AXIS;
    Map<Lane, Map<Outcome, Integer>> counts = counts();
    figure.begin("Versions, updates, rollbacks and recoveries", sentence(counts), height);
    axis.draw(page, height);
    int top = 0;
    for (Map.Entry<String, List<VersionSpans.Span>> each :
        versions.entrySet().stream().limit(bands).toList()) {
      band(each.getKey(), each.getValue(), top);
      top += BAND;
    }
    for (Lane lane : Lane.values()) {
      figure.label(lane.title(), "0", top + 12, "lane");
      figure.line(top + LANE - 10);
      top += LANE;
    }
    marks(bands * BAND);
    List<String> head = new ArrayList<>(List.of("What"));
    for (Outcome outcome : Outcome.values()) {
      head.add(outcome.word());
    }
    figure.end(head, rows(counts));
  }

  private void band(String scope, List<VersionSpans.Span> spans, int top) {
    figure.label("Version (" + Plain.name(scope) + ")", "0", top + 12, "lane");
    for (int i = 0; i < spans.size(); i++) {
      VersionSpans.Span span = spans.get(i);
      double left = axis.place(span.from());
      double width = Math.max(0.1, axis.place(span.to()) - left);
      String version = Plain.name(span.version());
      page.open(
          "svg",
          "x",
          TimeAxis.percent(left),
          "y",
          Integer.toString(top + 16),
          "width",
          TimeAxis.percent(width),
          "height",
          "18");
      page.open("rect", "width", "100%", "height", "18", "class", i % 2 == 0 ? "even" : "odd");
      page.leaf("title", version + ", " + Moments.second(span.from())).close();
      if (width > LEGIBLE_PERCENT) {
        page.leaf("text", version, "x", "4", "y", "13", "class", "version");
      }
      page.close();
    }
  }

  private void marks(int top) {
    Map<Place, List<AuditEvent>> places = new TreeMap<>(Timeline::inOrder);
    for (AuditEvent event : oldestFirst) {
      int column = (int) (axis.place(event.timestamp()) / COLUMN_PERCENT);
      Lane.of(event.content().type())
          .map(lane -> new Place(lane, column, Outcome.of(event)))
          .ifPresent(p -> places.computeIfAbsent(p, place -> new ArrayList<>()).add(event));
    }
    places.forEach(
        (place, events) ->
            figure.mark(
                TimeAxis.percent(axis.place(events.getLast().timestamp())),
                top + place.lane().ordinal() * LANE + LANE - 10,
                place.outcome(),
                Figure.size(events.size()),
                title(events)));
  }

  /** What failed is drawn last, on top. */
  private static int inOrder(Place a, Place b) {
    int byLane = a.lane().compareTo(b.lane());
    int byOutcome = byLane != 0 ? byLane : a.outcome().compareTo(b.outcome());
    return byOutcome != 0 ? byOutcome : Integer.compare(a.column(), b.column());
  }

  private static String title(List<AuditEvent> events) {
    AuditEvent last = events.getLast();
    String what =
        Moments.second(last.timestamp())
            + ": "
            + last.content().type()
            + " "
            + EventRows.versions(last.content());
    return events.size() == 1 ? what : what + " and " + (events.size() - 1) + " more";
  }

  private Map<Lane, Map<Outcome, Integer>> counts() {
    Map<Lane, Map<Outcome, Integer>> counts = new EnumMap<>(Lane.class);
    for (AuditEvent event : oldestFirst) {
      Lane.of(event.content().type())
          .ifPresent(
              lane ->
                  counts
                      .computeIfAbsent(lane, l -> new EnumMap<>(Outcome.class))
                      .merge(Outcome.of(event), 1, Integer::sum));
    }
    return counts;
  }

  private String sentence(Map<Lane, Map<Outcome, Integer>> counts) {
    List<String> parts = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      int all = counts.getOrDefault(lane, Map.of()).values().stream().mapToInt(n -> n).sum();
      parts.add(lane.title().toLowerCase(Locale.ROOT) + " " + all);
    }
    return "From "
        + Moments.day(axis.from())
        + " to "
        + Moments.day(axis.to())
        + ": "
        + String.join(", ", parts)
        + ".";
  }

  private static List<List<String>> rows(Map<Lane, Map<Outcome, Integer>> counts) {
    List<List<String>> rows = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      List<String> row = new ArrayList<>(List.of(lane.title()));
      for (Outcome outcome : Outcome.values()) {
        row.add(Integer.toString(counts.getOrDefault(lane, Map.of()).getOrDefault(outcome, 0)));
      }
      rows.add(row);
    }
    return rows;
  }
}
