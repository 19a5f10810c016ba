package dev.stravinsky.cli.command;

import dev.stravinsky.api.DiskUse;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Listing;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code stravinsky status}. */
public final class StatusCommand extends Command {
  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public StatusCommand(Session session) {
    super(session, "Show where things stand; finish or undo an interrupted change first.");
  }

  @Override
  ExitStatus run() throws IOException {
    Scope whose = scope.of(session());
    session().finishInterrupted(whose);
    Listing backups = services().backups().listing(whose);
    TrailReport trail = services().audit().verify(Optional.empty());
    if (json.asked()) {
      Json.print(output().results(), document(whose, backups, trail));
    } else {
      describe(whose, backups, trail);
    }
    return trail.intact() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  private void describe(Scope whose, Listing backups, TrailReport trail) throws IOException {
    output().field("Version", services().installed().current(whose) + " (" + whose + ")");
    HeldList.print(services(), whose, output());
    output().field("Last update", lastUpdate().map(this::shown).orElse("none yet"));
    output().field("Last event", lastEvent().map(this::shown).orElse("none yet"));
    output().field("Backups", backups(whose, backups));
    int conflicts = services().conflicts().list().size();
    output().field("Conflicts", conflicts == 0 ? "none" : conflicts + "; stravinsky conflict list");
    List<AuditEvent> late = lateWrites();
    if (!late.isEmpty()) {
      output()
          .field(
              "Late writes",
              Shown.count(late.size(), "file")
                  + " written to after being replaced, the last "
                  + late.getFirst().content().details().get("file")
                  + "; stravinsky conflict list");
    }
    List<TransactionRecord> open = services().transactions().interrupted();
    output()
        .field(
            "Interrupted",
            open.isEmpty()
                ? "nothing"
                : open.stream()
                        .map(each -> each.kind() + " " + each.id() + " (" + each.scope() + ")")
                        .collect(Collectors.joining(", "))
                    + "; stravinsky recovery emergency");
    output()
        .field(
            "Trail",
            trail.intact()
                ? "intact, " + Shown.count(trail.events(), "event")
                : "DAMAGED; stravinsky audit verify");
    List<AuditEvent> unsent =
        services()
            .audit()
            .query(EventQuery.ALL.withType(EventType.NOTIFICATION_FAILED).withLimit(1));
    if (!unsent.isEmpty()) {
      output().field("Unsent", "a notification; stravinsky audit show " + unsent.getFirst().seq());
    }
    output().field("Swapping", swapping(whose));
    output().field("Disk use", shown(diskUse()));
    output().field("Kept in", services().environment().home().directory());
  }

  /** Those that still wait among the conflicts, newest first. */
  private List<AuditEvent> lateWrites() throws IOException {
    Set<String> waiting =
        services().conflicts().list().stream()
            .map(conflict -> conflict.theirs().toString())
            .collect(Collectors.toSet());
    if (waiting.isEmpty()) {
      return List.of();
    }
    return services().audit().query(EventQuery.ALL.withType(EventType.LATE_WRITE)).stream()
        .filter(event -> waiting.contains(event.content().details().get("kept")))
        .toList();
  }

  /** How many there are, and whether any is damaged or gone, as far as their manifests tell. */
  private String backups(Scope whose, Listing found) throws IOException {
    List<Backup> backups = found.backups();
    int lost = lost(whose, found);
    if (lost > 0) {
      return lost + " DAMAGED or gone, " + backups.size() + " listed; stravinsky backup verify";
    }
    return backups.isEmpty()
        ? "none yet"
        : Shown.count(backups.size(), "backup")
            + ", "
            + Shown.size(totalBytes(backups))
            + ", newest "
            + backups.getFirst().id();
  }

  private int lost(Scope whose, Listing found) throws IOException {
    return found.unreadable().size() + services().backups().missing(whose).size();
  }

  private Optional<AuditEvent> lastEvent() throws IOException {
    return services().audit().query(EventQuery.ALL.withLimit(1)).stream().findFirst();
  }

  private Optional<AuditEvent> lastUpdate() throws IOException {
    return services().audit().newest(EventType.UPDATE_SUCCESS, event -> true);
  }

  private String shown(AuditEvent event) {
    return event.content().type()
        + " "
        + Events.versions(event.content())
        + ", "
        + Shown.time(event.timestamp());
  }

  private DiskUse diskUse() throws IOException {
    return DiskUse.of(services().environment().home());
  }

  private static String shown(DiskUse use) {
    String parts =
        Stream.of(DiskUse.Part.values())
            .filter(part -> use.of(part) > 0)
            .map(part -> part.name().toLowerCase(Locale.ROOT) + " " + Shown.size(use.of(part)))
            .collect(Collectors.joining(", "));
    return (use.unread() > 0 ? "at least " : "")
        + Shown.size(use.total())
        + (parts.isEmpty() ? "" : ": " + parts);
  }

  private static Map<String, Object> json(DiskUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total_bytes", use.total());
    for (DiskUse.Part part : DiskUse.Part.values()) {
      json.put(part.name().toLowerCase(Locale.ROOT) + "_bytes", use.of(part));
    }
    json.put("unread", use.unread());
    return json;
  }

  private String swapping(Scope whose) throws IOException {
    List<String> modes =
        services().targets().of(whose).stream()
            .map(
                target -> {
                  try {
                    return services().transactions().swapMode(target).promise();
                  } catch (IOException e) {
                    return "not known for " + target.name() + ": " + e.getMessage();
                  }
                })
            .distinct()
            .toList();
    return String.join("; ", modes);
  }

  private Map<String, Object> document(Scope whose, Listing found, TrailReport trail)
      throws IOException {
    List<Backup> backups = found.backups();
    Map<String, Object> document = Json.document();
    document.put("scope", whose.key());
    document.put("version", services().installed().current(whose));
    HeldVersions held = services().holds().of(whose);
    document.put("pinned", held.pin());
    document.put("held", HeldList.json(held));
    document.put(
        "last_event",
        services().audit().query(EventQuery.ALL.withLimit(1)).stream()
            .findFirst()
            .map(Events::json));
    document.put("last_update", lastUpdate().map(Events::json));
    document.put("backups", backups.size());
    document.put("backups_lost", lost(whose, found));
    document.put("backup_bytes", totalBytes(backups));
    document.put("newest_backup", backups.stream().findFirst().map(Backup::id));
    document.put("conflicts", services().conflicts().list().size());
    document.put("late_writes", lateWrites().size());
    document.put("swapping", swapping(whose));
    document.put(
        "interrupted",
        services().transactions().interrupted().stream().map(TransactionRecord::id).toList());
    document.put("trail_intact", trail.intact());
    document.put("trail_events", trail.events());
    document.put("disk_use", json(diskUse()));
    document.put("home", services().environment().home().directory());
    return document;
  }

  private static long totalBytes(List<Backup> backups) {
    return backups.stream().mapToLong(b -> b.manifest().sizeBytes()).sum();
  }
}
