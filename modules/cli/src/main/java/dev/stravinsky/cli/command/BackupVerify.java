package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.BackupStore.Listing;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code stravinsky backup verify [VERSION]}. */
public final class BackupVerify extends Command {
  private final Value<String> backup =
      arguments()
          .optionalParameter(
              "VERSION", "A version, or a backup's id; all backups if none is given.");

  private final Flag all = arguments().flag("Every backup (the default).", "--all");

  private final Flag readData =
      arguments().flag("Also unpack everything and compare every file.", "--read-data");

  private final Value<String> sample =
      arguments().option("--sample", "N%", "Also unpack that share of the files.");

  private final Flag live =
      arguments().flag("Also compare with your files as they are now.", "--live");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupVerify(Session session) {
    super(session, "Compare every stored byte of backups with its checksum.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (all.given() && backup.given().isPresent()) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "either --all or \"" + backup.get() + "\", not both")
              .leaving("nothing was read")
              .next("stravinsky backup verify " + backup.get()));
    }
    session().reportInterrupted();
    try (Lease lock = services().transactions().lock(List.of(), LockMode.SHARED)) {
      return verify();
    }
  }

  private ExitStatus verify() throws IOException {
    Scope whose = scope.of(session());
    Listing found = services().backups().listing(whose);
    List<Backup> chosen = chosen(whose, found.backups());
    Map<BackupId, VerificationReport> reports = new LinkedHashMap<>();
    for (Backup each : chosen) {
      VerificationReport report =
          services().backups().verifyOnRecord(each, depth(), session().progress());
      reports.put(each.id(), report);
      if (!json.asked()) {
        print(report);
      }
    }
    // Those that cannot even be listed, or are gone; a backup that was named is not about them.
    List<Problem> lost = new ArrayList<>();
    List<Problem> missing = List.of();
    if (backup.given().isEmpty()) {
      missing = services().backups().missing(whose);
      lost.addAll(found.unreadable());
      lost.addAll(missing);
    }
    boolean intact = lost.isEmpty() && reports.values().stream().allMatch(r -> r.intact());
    Optional<BackupId> fallback =
        intact ? Optional.empty() : newestIntact(found.backups(), reports);
    List<Difference> differences = live.given() ? liveDifferences(whose, chosen) : List.of();
    if (json.asked()) {
      printJson(reports.values(), lost, intact, fallback, differences);
    } else {
      output().problems(lost);
      printEnd(List.copyOf(reports.values()), missing, intact, fallback, differences);
    }
    if (reports.isEmpty() && lost.isEmpty()) {
      return ExitStatus.NOT_FOUND;
    }
    if (!intact) {
      return ExitStatus.DAMAGED;
    }
    return differences.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** What was named is found by its name alone: a damaged one is what one wants to look at. */
  private List<Backup> chosen(Scope whose, List<Backup> backups) throws IOException {
    if (backup.given().isEmpty()) {
      return backups;
    }
    List<Backup> named = backups.stream().filter(this::isNamed).toList();
    // Of what is not in the list, this says which there are, or what is wrong with its manifest.
    return named.isEmpty() ? List.of(services().backups().resolve(whose, backup.get())) : named;
  }

  private boolean isNamed(Backup each) {
    String name = backup.get();
    if (name.endsWith("@1")) {
      return each.id().value().equals(name.substring(0, name.length() - 2));
    }
    return each.id().value().equals(name) || each.manifest().version().value().equals(name);
  }

  /** The newest one that is older than the oldest damaged one, or else the newest of all. */
  private Optional<BackupId> newestIntact(
      List<Backup> newestFirst, Map<BackupId, VerificationReport> known) throws IOException {
    int after = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      VerificationReport report = known.get(newestFirst.get(i).id());
      after = report != null && !report.intact() && after == 0 ? i + 1 : after;
    }
    for (Backup each : newestFirst.subList(after, newestFirst.size())) {
      VerificationReport report = known.get(each.id());
      if (report == null) {
        report = services().backups().verify(each, new Depth.Stored(), session().progress());
      }
      if (report.intact()) {
        return Optional.of(each.id());
      }
    }
    return Optional.empty();
  }

  /** From the newest of those that were looked at. */
  private List<Difference> liveDifferences(Scope whose, List<Backup> chosen) throws IOException {
    return chosen.isEmpty()
        ? List.of()
        : services()
            .backups()
            .compare(chosen.getFirst(), Targets.live(services().targets().backedUpWith(whose)));
  }

  private Depth depth() {
    if (readData.given()) {
      return new Depth.Unpacked();
    }
    if (sample.given().isPresent()) {
      return new Depth.Sample(Percent.parse(sample.get()));
    }
    return new Depth.Stored();
  }

  private void print(VerificationReport report) {
    if (report.intact()) {
      output().success("ok       " + report.id());
    } else {
      output().failure("DAMAGED  " + report.id());
      output().problems(report.damage());
    }
    report.remarks().forEach(output()::warning);
    output()
        .item(
            Shown.size(report.bytesRead())
                + " read, "
                + Shown.count(report.entriesUnpacked(), "file")
                + " unpacked");
  }

  private void printEnd(
      List<VerificationReport> reports,
      List<Problem> missing,
      boolean intact,
      Optional<BackupId> fallback,
      List<Difference> differences)
      throws IOException {
    if (reports.isEmpty() && intact) {
      output().note("There is no backup to verify. To make one type: stravinsky backup create");
      return;
    }
    for (Difference each : differences) {
      output().line(BackupDiff.sign(each) + " " + BackupDiff.place(each));
    }
    if (live.given() && !reports.isEmpty()) {
      output()
          .line(
              differences.isEmpty()
                  ? "Your files are as in " + reports.getFirst().id() + "."
                  : Shown.count(differences.size(), "file")
                      + (differences.size() == 1 ? " is" : " are")
                      + " not as in "
                      + reports.getFirst().id()
                      + ". To see how: stravinsky backup diff "
                      + reports.getFirst().id());
    }
    if (intact) {
      return;
    }
    String next =
        fallback
            .map(
                id ->
                    "The next older intact backup is " + id + ".\n-> stravinsky rollback to " + id)
            .orElse("No older backup is intact.");
    next.lines().forEach(output()::note);
    for (VerificationReport report : reports) {
      if (!report.intact()) {
        printSalvage(report.id());
      }
    }
    if (!missing.isEmpty()) {
      output().note("If you deleted what is missing, this notes it in the trail:");
      output().note("-> stravinsky backup cleanup");
    }
    output().note("To put what is damaged into quarantine:");
    output().note("-> stravinsky recovery emergency --apply");
  }

  private void printSalvage(BackupId damaged) throws IOException {
    Salvage salvage = services().backups().salvage(scope.of(session()), damaged.value());
    long intact;
    try (Stream<BackupEntry> entries = salvage.backup().entries()) {
      intact = entries.count();
    }
    output()
        .note(
            Shown.count(intact, "file")
                + " of "
                + damaged
                + " can still be had, "
                + salvage.lost().size()
                + " cannot:");
    salvage.lost().forEach(lost -> output().note("    lost: " + place(lost)));
    output().note("-> stravinsky recovery version " + damaged + " --partial --dry-run");
  }

  private static String place(Salvage.Lost lost) {
    return lost.target() + "/" + lost.level() + "/" + lost.path();
  }

  private void printJson(
      Collection<VerificationReport> reports,
      List<Problem> lost,
      boolean intact,
      Optional<BackupId> fallback,
      List<Difference> differences) {
    Map<String, Object> document = Json.document();
    document.put("intact", intact && !(reports.isEmpty() && lost.isEmpty()));
    document.put("backups", reports.stream().map(BackupVerify::json).toList());
    document.put("unreadable", lost.stream().map(Shown::json).toList());
    document.put("next_intact", fallback);
    if (live.given()) {
      document.put("live", differences.stream().map(BackupDiff::json).toList());
    }
    Json.print(output().results(), document);
  }

  private static Map<String, Object> json(VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", report.id());
    json.put("intact", report.intact());
    json.put("bytes_read", report.bytesRead());
    json.put("files_unpacked", report.entriesUnpacked());
    json.put("damage", report.damage().stream().map(Shown::json).toList());
    json.put("remarks", report.remarks().stream().map(Shown::json).toList());
    return json;
  }
}
