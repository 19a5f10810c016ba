package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky backup diff A [B]}. */
@CommandLine.Command(description = "Show which files differ between two backups, or from now.")
public final class BackupDiff extends Command {
  @Parameters(index = "0", paramLabel = "A", description = "A version, or a backup's id.")
  private String before;

  @Parameters(
      index = "1",
      paramLabel = "B",
      arity = "0..1",
      description = "Another one; the live files if none is given.")
  private Optional<String> after = Optional.empty();

  @Mixin private final ScopeOption scope = new ScopeOption();
  @Mixin private final JsonOption json = new JsonOption();

  public BackupDiff(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    Scope whose = scope.of(session());
    Backup first = services().backups().resolve(whose, before);
    List<Difference> differences =
        after.isPresent()
            ? services().backups().compare(first, services().backups().resolve(whose, after.get()))
            : services()
                .backups()
                .compare(first, Targets.live(services().targets().backedUpWith(whose)));
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("differences", differences.stream().map(BackupDiff::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    for (Difference each : differences) {
      output().line(sign(each) + " " + each.target() + "/" + each.level() + "/" + each.path());
    }
    String what = first.id() + " and " + after.orElse("your files now");
    output()
        .line(
            differences.isEmpty()
                ? "No difference between " + what + "."
                : Shown.count(differences.size(), "difference")
                    + " between "
                    + what
                    + " (+ added, - removed, ~ changed).");
    return ExitStatus.DONE;
  }

  private static String sign(Difference each) {
    if (each.added()) {
      return "+";
    }
    return each.removed() ? "-" : "~";
  }

  private static Map<String, Object> json(Difference each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", each.target());
    json.put("level", each.level());
    json.put("path", each.path().readable());
    json.put("change", each.added() ? "added" : each.removed() ? "removed" : "changed");
    return json;
  }
}
