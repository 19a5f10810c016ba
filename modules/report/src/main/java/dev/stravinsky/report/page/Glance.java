package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.report.page.Facts.ScopeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How things stand, a card each; what needs a look says so, and what to type. */
final class Glance {
  private final Markup page;
  private final Facts facts;

  Glance(Markup page, Facts facts) {
    this.page = page;
    this.facts = facts;
  }

  void write() {
    page.open("ul", "class", "cards");
    for (ScopeFacts scope : facts.scopes()) {
      version(scope);
      backups(scope);
    }
    card("Trail", trailIsIntact(), facts.trail().said(Glance::trail));
    boolean nothingOpen = facts.interrupted().isKnown() && open().isEmpty();
    card("Interrupted", nothingOpen, facts.interrupted().said(Glance::interrupted));
    boolean noConflict = facts.conflicts().isKnown() && facts.conflicts().or(List.of()).isEmpty();
    card(
        "Conflicts",
        noConflict,
        facts
            .conflicts()
            .said(all -> all.isEmpty() ? "none" : all.size() + " wait; stravinsky conflict list"));
    card("Updates", facts.statistics().isKnown(), facts.statistics().said(Glance::rates));
    page.close().line();
  }

  private boolean trailIsIntact() {
    return facts.trail() instanceof Asked.Known<TrailReport> known && known.value().intact();
  }

  private List<TransactionRecord> open() {
    return facts.interrupted().or(List.of());
  }

  private void version(ScopeFacts scope) {
    String held = scope.held().said(Glance::held);
    card(
        "Version, " + Plain.name(scope.scope().toString()),
        scope.version().isKnown() && scope.held().isKnown(),
        scope.version().said(version -> Plain.name(version.value())) + held);
  }

  private static String held(HeldVersions held) {
    String pin = held.pin().map(version -> ", pinned to " + version).orElse("");
    return Plain.of(
        held.holds().isEmpty()
            ? pin
            : pin
                + ", held: "
                + held.holds().stream()
                    .map(hold -> hold.version().value())
                    .collect(Collectors.joining(", ")));
  }

  private void backups(ScopeFacts scope) {
    boolean fine = scope.broken() == 0 && scope.backups().isKnown() && scope.elsewhere().isKnown();
    card(
        "Backups, " + Plain.name(scope.scope().toString()),
        fine,
        scope.backups().said(backups -> backups(scope, backups)));
  }

  private static String backups(ScopeFacts scope, List<Backup> backups) {
    if (scope.broken() > 0) {
      return scope.broken() + " damaged or gone; stravinsky backup verify";
    }
    return backups.isEmpty()
        ? "none yet"
        : backups.size()
            + ", "
            + Sizes.of(backups.stream().mapToLong(b -> b.manifest().sizeBytes()).sum())
            + ", newest "
            + Plain.name(backups.getFirst().id().value());
  }

  private static String trail(TrailReport trail) {
    return trail.intact()
        ? trail.events() + " events, one unbroken chain"
        : "DAMAGED: " + Plain.of(trail.problems().getFirst().located());
  }

  private static String interrupted(List<TransactionRecord> open) {
    return open.isEmpty()
        ? "nothing"
        : open.stream()
                .map(each -> Plain.of(each.kind() + " " + each.id()))
                .collect(Collectors.joining(", "))
            + "; stravinsky status";
  }

  /** Of the updates that were begun: one that failed may have several events. */
  private static String rates(TrailStatistics statistics) {
    long begun = statistics.count(EventType.UPDATE_START);
    long done = statistics.count(EventType.UPDATE_SUCCESS);
    long rollbacks =
        statistics.count(EventType.AUTO_ROLLBACK) + statistics.count(EventType.MANUAL_ROLLBACK);
    if (begun == 0) {
      return "none yet";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT, "%d of %d succeeded (%.0f %%)", done, begun, 100.0 * done / begun));
    parts.add(statistics.count(EventType.UPDATE_BLOCKED) + " blocked");
    parts.add(rollbacks + " rollbacks");
    return String.join(", ", parts);
  }

  private void card(String name, boolean fine, String text) {
    page.open("li", "class", fine ? "card" : "card look");
    page.open("strong").text(name).close();
    page.open("span", "class", fine ? "good" : "bad");
    page.text(fine ? "✓ " : "✗ look: ").close();
    page.leaf("span", text);
    page.close().line();
  }
}
