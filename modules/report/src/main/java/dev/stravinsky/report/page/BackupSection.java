package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.report.page.Facts.ScopeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Disk use by version, and every backup with its health. */
final class BackupSection {
  private static final int MOST_BARS = 25;
  private static final int MOST_PROBLEMS = 20;

  private final Markup page;
  private final Facts facts;

  BackupSection(Markup page, Facts facts) {
    this.page = page;
    this.facts = facts;
  }

  void disk() {
    Map<String, List<Backup>> byVersion = new LinkedHashMap<>();
    for (ScopeFacts scope : facts.scopes()) {
      for (Backup backup : scope.backups().or(List.of())) {
        byVersion
            .computeIfAbsent(backup.manifest().version().value(), v -> new ArrayList<>())
            .add(backup);
      }
    }
    List<Bars.Bar> bars = new ArrayList<>();
    byVersion.forEach(
        (version, backups) -> {
          long bytes = backups.stream().mapToLong(b -> b.manifest().sizeBytes()).sum();
          bars.add(new Bars.Bar(Plain.name(version), bytes, Sizes.of(bytes), named(backups)));
        });
    if (bars.isEmpty()) {
      page.leaf("p", "No backups yet.");
    } else {
      Bars.write(
          page,
          "What the backups of each version take",
          "disk",
          List.of("Version", "Size", "Backups"),
          bars.subList(0, Math.min(bars.size(), MOST_BARS)));
    }
    if (bars.size() > MOST_BARS) {
      page.leaf("p", "And " + (bars.size() - MOST_BARS) + " older versions.", "class", "hint");
    }
    page.leaf("p", facts.statistics().said(BackupSection::total), "class", "hint");
  }

  private static String named(List<Backup> backups) {
    return backups.size() == 1 ? "1 backup" : backups.size() + " backups";
  }

  private static String total(TrailStatistics statistics) {
    return "All backups, those of projects too, take "
        + Sizes.of(statistics.backupBytes())
        + ", the trail "
        + Sizes.of(statistics.trailBytes())
        + ".";
  }

  void list() {
    page.leaf(
        "p",
        "Each manifest was compared with its checksum and with the trail just now. Whether every"
            + " byte of the archives is intact is told by: stravinsky backup verify",
        "class",
        "hint");
    for (ScopeFacts scope : facts.scopes()) {
      String id = "backups-" + scope.scope().level();
      page.leaf("h3", "Of the " + Plain.name(scope.scope().toString()), "id", id);
      if (scope.backups().or(List.of()).isEmpty()) {
        page.leaf("p", scope.backups().said(none -> "None yet."));
      } else {
        table(id, scope);
      }
      problems(scope);
    }
  }

  private void table(String id, ScopeFacts scope) {
    Figure.openTable(page, id, List.of("Backup", "Made", "Reason", "Files", "Size", "Health"));
    for (Backup backup : scope.backups().or(List.of())) {
      BackupManifest manifest = backup.manifest();
      page.open("tr").leaf("th", Plain.name(backup.id().value()), "scope", "row");
      page.open("td");
      Moments.write(page, manifest.timestamp());
      page.close();
      page.leaf("td", manifest.reason().written().replace('_', ' '));
      page.leaf("td", Long.toString(manifest.filesCount()), "class", "number");
      page.leaf("td", Sizes.of(manifest.sizeBytes()), "class", "number");
      health(scope.health().get(backup));
      page.close().line();
    }
    Figure.closeTable(page);
  }

  private void health(Asked<VerificationReport> health) {
    boolean intact = ScopeFacts.isIntact(health);
    page.open("td", "class", intact ? "good" : "bad");
    page.text(
        health.said(
            report ->
                report.intact()
                    ? "✓ confirmed"
                    : "✗ damaged: " + Plain.of(report.damage().getFirst().message())));
    page.close();
  }

  private void problems(ScopeFacts scope) {
    List<Problem> elsewhere = scope.elsewhere().or(List.of());
    if (!elsewhere.isEmpty()) {
      page.open("ul", "class", "bad");
      elsewhere.stream()
          .limit(MOST_PROBLEMS)
          .forEach(problem -> page.leaf("li", "✗ " + Plain.of(problem.located())));
      if (elsewhere.size() > MOST_PROBLEMS) {
        page.leaf("li", "And " + (elsewhere.size() - MOST_PROBLEMS) + " more.");
      }
      page.close();
    } else if (!scope.elsewhere().isKnown()) {
      page.leaf("p", "Other folders " + scope.elsewhere().said(known -> ""), "class", "bad");
    }
  }
}
