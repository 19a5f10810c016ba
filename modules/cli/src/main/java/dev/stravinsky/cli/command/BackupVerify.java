package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stravinsky backup verify [VERSION]}. */
@CommandLine.Command(description = "Compare every stored byte of backups with its checksum.")
public final class BackupVerify extends Command {
  @Parameters(
      paramLabel = "VERSION",
      arity = "0..1",
      description = "A version, or a backup's id; all backups if none is given.")
  private Optional<String> backup = Optional.empty();

  @Option(names = "--all", description = "Every backup (the default).")
  private boolean all;

  @Option(names = "--read-data", description = "Also unpack everything and compare every file.")
  private boolean readData;

  @Option(
      names = "--sample",
      paramLabel = "N%",
      description = "Also unpack that share of the files.")
  private Optional<String> sample = Optional.empty();

  @Mixin private final ScopeOption scope = new ScopeOption();
  @Mixin private final JsonOption json = new JsonOption();

  public BackupVerify(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    try (Lease lock = services().transactions().lock(List.of(), LockMode.SHARED)) {
      return verify();
    }
  }

  private ExitStatus verify() throws IOException {
    List<VerificationReport> reports = new ArrayList<>();
    for (Backup each : chosen()) {
      VerificationReport report = services().backups().verify(each, depth(), session().progress());
      reports.add(report);
      if (!json.asked()) {
        print(report);
      }
    }
    // Those that cannot even be listed; a backup that was named is not about them.
    List<Problem> unreadable =
        backup.isPresent() ? List.of() : services().backups().unreadable(scope.of(session()));
    boolean intact = unreadable.isEmpty() && reports.stream().allMatch(VerificationReport::intact);
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("intact", intact);
      document.put("backups", reports.stream().map(BackupVerify::json).toList());
      document.put("unreadable", unreadable.stream().map(Shown::json).toList());
      Json.print(output().results(), document);
    } else if (reports.isEmpty() && unreadable.isEmpty()) {
      output().line("There is no backup to verify. To make one type: stravinsky backup create");
    } else if (!intact) {
      output().problems(unreadable);
      output().note("-> stravinsky recovery emergency");
    }
    return intact ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  /** What was named is found by its name alone: a damaged one is what one wants to look at. */
  private List<Backup> chosen() throws IOException {
    Scope whose = scope.of(session());
    List<Backup> backups = services().backups().list(whose);
    if (backup.isEmpty()) {
      return backups;
    }
    List<Backup> named =
        backups.stream()
            .filter(
                b ->
                    b.id().value().equals(backup.get())
                        || b.manifest().version().value().equals(backup.get()))
            .toList();
    if (named.isEmpty()) {
      refuseIfUnreadable(whose);
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no backup of \"" + backup.get() + "\"")
              .leaving("nothing was changed")
              .next("stravinsky backup list"));
    }
    return named;
  }

  /** A backup of that name whose manifest is damaged is not in any list. */
  private void refuseIfUnreadable(Scope whose) throws IOException {
    if (Version.isValid(backup.get().replace('@', '-'))) {
      services().backups().find(whose, new BackupId(backup.get()));
    }
  }

  private Depth depth() {
    if (readData) {
      return new Depth.Unpacked();
    }
    if (sample.isPresent()) {
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
    output()
        .item(
            Shown.size(report.bytesRead())
                + " read, "
                + Shown.count(report.entriesUnpacked(), "file")
                + " unpacked");
  }

  private static Map<String, Object> json(VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", report.id());
    json.put("intact", report.intact());
    json.put("bytes_read", report.bytesRead());
    json.put("files_unpacked", report.entriesUnpacked());
    json.put("damage", report.damage().stream().map(Shown::json).toList());
    return json;
  }
}
