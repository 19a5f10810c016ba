package dev.stravinsky.claude.protections;

import dev.stravinsky.api.Scope;
import dev.stravinsky.claude.settings.SettingsFault;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An update takes no protection away unseen. */
public final class Protections implements Validator {
  private static final String SWITCH = "/disableAllHooks";

  @Override
  public String id() {
    return "protections";
  }

  @Override
  public Set<Phase> phases() {
    // Before the swap the state before is there to be compared with; a rollback compares nothing.
    return Set.of(Phase.STAGED);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "A hook that can block, a rule in permissions.deny or ask, and what confines the sandbox"
        + " stay in force: what an update would take away, or keep from working, blocks. A hook"
        + " that a new one replaces, and one that can only hold up an end, only warn.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException, InterruptedException {
    if (context.toVersion().isEmpty()) {
      // Nothing is being installed: what the user takes away is the user's matter.
      return List.of();
    }
    SettingsState before = SettingsState.live(context);
    SettingsState after = SettingsState.in(context);
    Map<Path, SettingsFault> dropped = dropped(before, after);
    List<SettingsState.File> inForce =
        after.files().stream().filter(file -> !dropped.containsKey(file.live())).toList();
    List<Lost> lost = new ArrayList<>();
    for (Scope scope : before.files().stream().map(SettingsState.File::scope).distinct().toList()) {
      lost.addAll(lost(scope, before.files(), inForce, context));
    }
    return Stream.concat(
            lost.stream().filter(l -> !dropped.containsKey(l.stood())).map(this::finding),
            unread(dropped, lost).stream())
        .distinct()
        .toList();
  }

  /** Files that Claude Code takes now and would not take then, with the reason. */
  private static Map<Path, SettingsFault> dropped(SettingsState before, SettingsState after) {
    Map<Path, SettingsFault> dropped = new LinkedHashMap<>();
    for (SettingsState.File file : after.files()) {
      Optional<SettingsState.File> old = before.file(file.live());
      if (file.fault().isPresent() && old.isPresent() && old.get().fault().isEmpty()) {
        dropped.put(file.live(), file.fault().get());
      }
    }
    return dropped;
  }

  private List<Lost> lost(
      Scope scope,
      List<SettingsState.File> before,
      List<SettingsState.File> inForce,
      CheckContext context)
      throws IOException, InterruptedException {
    List<SettingsState.File> old = before.stream().filter(f -> f.scope().equals(scope)).toList();
    // In a project the user's own settings protect too.
    List<SettingsState.File> now =
        inForce.stream()
            .filter(f -> f.scope().equals(scope) || f.scope() instanceof Scope.User)
            .toList();
    List<Guard> guards = guards(old, context);
    boolean wereOn = !isOff(old);
    List<Lost> lost = new ArrayList<>(new LostRules(old, now).all());
    List<Lost> hooks = new ArrayList<>(new LostGuards(guards, guards(now, context)).all());
    hooks.addAll(new LostScripts(context).of(guards(now, context)));
    hooks.forEach(l -> lost.add(wereOn ? l : l.asWarning()));
    if (wereOn && isOff(now.stream().filter(f -> f.scope().equals(scope)).toList())) {
      switchedOff(scope, guards, now).ifPresent(lost::add);
    }
    return lost;
  }

  private static List<Guard> guards(List<SettingsState.File> files, CheckContext context) {
    return files.stream().flatMap(file -> Guard.in(file, context).stream()).toList();
  }

  /** The file of the highest rank that has the switch decides. */
  private static boolean isOff(List<SettingsState.File> files) {
    return files.stream()
        .flatMap(file -> file.json().stream())
        .map(json -> json.root().at(SWITCH))
        .filter(value -> value.isBoolean())
        .reduce((low, high) -> high)
        .filter(value -> value.asBoolean())
        .isPresent();
  }

  private static Optional<Lost> switchedOff(
      Scope scope, List<Guard> guards, List<SettingsState.File> now) {
    long count = guards.stream().filter(Guard::prevents).count();
    boolean usersToo = scope instanceof Scope.Project;
    if (count == 0 && !usersToo) {
      return Optional.empty();
    }
    SettingsState.File file =
        now.stream()
            .filter(f -> f.json().filter(j -> j.root().at(SWITCH).asBoolean(false)).isPresent())
            .reduce((low, high) -> high)
            .orElseThrow();
    int line = file.json().orElseThrow().line(SWITCH).orElse(1);
    String whose = usersToo ? "all hooks, the user's in this project too" : "all hooks";
    String message = "disableAllHooks would switch off " + whose;
    return Optional.of(new Lost(file.live(), line, message, count > 0));
  }

  /** One finding for a file that would not be read, whatever of it that puts out of force. */
  private List<Finding> unread(Map<Path, SettingsFault> dropped, List<Lost> lost) {
    List<Finding> findings = new ArrayList<>();
    dropped.forEach(
        (file, fault) -> {
          List<Lost> inIt = lost.stream().filter(l -> l.stood().equals(file)).toList();
          if (!inIt.isEmpty()) {
            String what =
                inIt.size() == 1 ? "a protection stands" : inIt.size() + " protections stand";
            String message =
                what + " in a file that Claude Code would leave out: " + fault.message();
            boolean blocks = inIt.stream().anyMatch(Lost::blocks);
            findings.add(finding(new Lost(file, fault.line(), message, blocks)));
          }
        });
    return findings;
  }

  private Finding finding(Lost lost) {
    return Finding.of(
            id(),
            lost.blocks() ? Severity.BLOCK : Severity.WARN,
            lost.kind(),
            (lost.blocks() ? "protection off: " : "protection changed: ") + lost.message())
        .inFile(lost.file())
        .atLine(lost.line())
        .withHint("if you want that, type the command again with --accept " + id());
  }
}
