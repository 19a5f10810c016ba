package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.backup.TextDifference.Kind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code stravinsky backup diff A [B]}. */
public final class BackupDiff extends Command {
  private final Value<String> before = arguments().parameter("A", "A version, or a backup's id.");

  private final Value<String> after =
      arguments().optionalParameter("B", "Another one; the live files if none is given.");

  private final Flag brief =
      arguments().flag("Only name the files, show no lines of them.", "--brief");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final SecretsOption secrets = new SecretsOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupDiff(Session session) {
    super(session, "Show which files differ between two backups, or from now.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    Scope whose = scope.of(session());
    BackupStore store = services().backups();
    Backup first = store.resolve(whose, before.get());
    List<TextDifference> differences;
    if (after.given().isPresent()) {
      Backup second = store.resolve(whose, after.get());
      List<Difference> found = store.compare(first, second);
      differences = brief.given() ? named(found) : store.texts(first, second, found, secrets::text);
    } else {
      List<TargetView> live = Targets.live(services().targets().backedUpWith(whose));
      List<Difference> found = store.compare(first, live);
      differences = brief.given() ? named(found) : store.texts(first, live, found, secrets::text);
    }
    DifferenceOutput shown = new DifferenceOutput(output(), brief.given());
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("differences", differences.stream().map(shown::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    differences.forEach(shown::print);
    String what = first.id() + " and " + after.or("your files now");
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

  private static List<TextDifference> named(List<Difference> found) {
    return found.stream().map(d -> new TextDifference(d, Kind.NOTHING, List.of())).toList();
  }

  static String place(Difference each) {
    return each.target() + "/" + each.level() + "/" + each.path();
  }

  static String sign(Difference each) {
    if (each.added()) {
      return "+";
    }
    return each.removed() ? "-" : "~";
  }

  static Map<String, Object> json(Difference each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", each.target());
    json.put("level", each.level());
    json.put("path", each.path().readable());
    json.put("change", each.added() ? "added" : each.removed() ? "removed" : "changed");
    return json;
  }
}
