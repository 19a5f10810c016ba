package dev.stravinsky.cli.command;

import dev.stravinsky.api.EntryState;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("differences", differences.stream().map(this::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    for (TextDifference each : differences) {
      print(each);
    }
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

  private void print(TextDifference each) {
    output().line(sign(each.difference()) + " " + place(each.difference()));
    each.lines().forEach(line -> output().line(line.replace("\t", "    ")));
    what(each).ifPresent(output()::item);
  }

  /** Why no lines are shown. */
  private Optional<String> what(TextDifference each) {
    EntryState from = each.difference().before();
    EntryState to = each.difference().after();
    return switch (each.kind()) {
      case TEXT -> Optional.empty();
      case BINARY -> Optional.of("(no text)");
      case LARGE -> Optional.of("(more than 1 MB)");
      case NOTHING -> {
        boolean content =
            from instanceof EntryState.Regular a
                && to instanceof EntryState.Regular b
                && !a.sha256().equals(b.sha256());
        yield brief.given()
            ? Optional.empty()
            : content
                ? Optional.of("(only in what looks like a secret; --show-secrets shows it)")
                : Optional.of("(" + state(from) + " -> " + state(to) + ")");
      }
    };
  }

  private static String state(EntryState state) {
    return switch (state) {
      case EntryState.Regular file -> String.format(Locale.ROOT, "file, mode %04o", file.mode());
      case EntryState.Directory folder ->
          String.format(Locale.ROOT, "folder, mode %04o", folder.mode());
      case EntryState.Link link -> "link to " + link.target();
      case EntryState.Absent absent -> "nothing";
    };
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

  private Map<String, Object> json(TextDifference each) {
    Map<String, Object> json = json(each.difference());
    if (!brief.given()) {
      json.put("content", each.kind().name().toLowerCase(Locale.ROOT));
      json.put("text", each.lines());
    }
    return json;
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
