package dev.stravinsky.claude.protections;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.settings.LocatedJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Which permission rules, lists of what is forbidden and switches would be gone. */
final class LostRules {
  private static final String DENY = "/permissions/deny";
  private static final String ASK = "/permissions/ask";
  private static final String ALLOW = "/permissions/allow";

  /** Lists of what the sandbox keeps commands from. */
  private static final List<String> FORBIDDEN =
      List.of(
          "/sandbox/filesystem/denyRead",
          "/sandbox/filesystem/denyWrite",
          "/sandbox/network/deniedDomains");

  /** Values that protect in whatever file they stand. */
  private static final List<String> DISABLED =
      List.of(
          "/permissions/disableBypassPermissionsMode",
          "/permissions/disableAutoMode",
          "/disableAutoMode");

  private final List<SettingsState.File> before;
  private final List<SettingsState.File> after;
  private final List<Lost> lost = new ArrayList<>();

  LostRules(List<SettingsState.File> before, List<SettingsState.File> after) {
    this.before = before;
    this.after = after;
  }

  List<Lost> all() {
    deny();
    ask();
    FORBIDDEN.forEach(this::forbidden);
    DISABLED.forEach(this::disabled);
    sandbox("/sandbox/enabled", true);
    sandbox("/sandbox/allowUnsandboxedCommands", false);
    return lost;
  }

  private void deny() {
    Set<PermissionRule> kept = rules(after, DENY);
    Set<PermissionRule> asked = rules(after, ASK);
    for (Entry entry : entries(before, DENY)) {
      PermissionRule rule = PermissionRule.of(entry.text());
      if (!PermissionRule.anyTakes(kept, rule)) {
        String instead =
            PermissionRule.anyTakes(asked, rule) ? "would only be asked about" : "would be gone";
        add(entry, "the rule that denies " + entry.text() + " " + instead, true);
      }
    }
  }

  /** Without its question a call is made where a rule allows it, or the mode does. */
  private void ask() {
    Set<PermissionRule> kept = rules(after, ASK);
    kept.addAll(rules(after, DENY));
    Set<PermissionRule> allowed = rules(after, ALLOW);
    for (Entry entry : entries(before, ASK)) {
      PermissionRule rule = PermissionRule.of(entry.text());
      if (!PermissionRule.anyTakes(kept, rule)) {
        boolean free = PermissionRule.anyTakes(allowed, rule);
        String instead = free ? ", it would be allowed" : "";
        add(entry, "nobody would be asked about " + entry.text() + instead, free);
      }
    }
  }

  private void forbidden(String pointer) {
    Set<String> kept = new HashSet<>();
    entries(after, pointer).forEach(entry -> kept.add(entry.text()));
    for (Entry entry : entries(before, pointer)) {
      if (!kept.contains(entry.text())) {
        String list = pointer.substring(pointer.lastIndexOf('/') + 1);
        add(entry, entry.text() + " would be gone from the sandbox's " + list, true);
      }
    }
  }

  private void disabled(String pointer) {
    boolean kept = after.stream().anyMatch(file -> isDisabled(file, pointer));
    if (!kept) {
      before.stream()
          .filter(file -> isDisabled(file, pointer))
          .forEach(
              file ->
                  lost.add(
                      new Lost(
                          file.live(),
                          line(file, pointer),
                          LocatedJson.readable(pointer) + " would be gone",
                          true)));
    }
  }

  private void sandbox(String pointer, boolean strict) {
    Optional<SettingsState.File> old = deciding(before, pointer);
    Optional<SettingsState.File> now = deciding(after, pointer);
    boolean was = old.filter(file -> value(file, pointer).asBoolean() == strict).isPresent();
    boolean is = now.filter(file -> value(file, pointer).asBoolean() == strict).isPresent();
    if (was && !is) {
      SettingsState.File where = now.orElse(old.get());
      String message = LocatedJson.readable(pointer) + " would no longer be " + strict;
      lost.add(
          new Lost(
              where.live(),
              line(where, pointer),
              ErrorKind.SCHEMA_ERROR,
              message,
              true,
              old.get().live()));
    }
  }

  /** The file of the highest rank that sets a switch. */
  private static Optional<SettingsState.File> deciding(
      List<SettingsState.File> files, String pointer) {
    return files.stream()
        .filter(file -> value(file, pointer).isBoolean())
        .reduce((low, high) -> high);
  }

  private void add(Entry entry, String message, boolean blocks) {
    boolean known = lost.stream().anyMatch(l -> l.message().equals(message));
    if (!known) {
      SettingsState.File file = entry.file();
      lost.add(new Lost(file.live(), line(file, entry.pointer()), message, blocks));
    }
  }

  private record Entry(SettingsState.File file, String pointer, String text) {}

  private static List<Entry> entries(List<SettingsState.File> files, String pointer) {
    List<Entry> entries = new ArrayList<>();
    for (SettingsState.File file : files) {
      JsonNode list = value(file, pointer);
      for (int i = 0; list.isArray() && i < list.size(); i++) {
        if (list.path(i).isString()) {
          String child = LocatedJson.child(pointer, i);
          entries.add(new Entry(file, child, list.path(i).asString()));
        }
      }
    }
    return entries;
  }

  private static Set<PermissionRule> rules(List<SettingsState.File> files, String pointer) {
    Set<PermissionRule> rules = new HashSet<>();
    entries(files, pointer).forEach(entry -> rules.add(PermissionRule.of(entry.text())));
    return rules;
  }

  private static boolean isDisabled(SettingsState.File file, String pointer) {
    return value(file, pointer).isString() && value(file, pointer).asString().equals("disable");
  }

  private static JsonNode value(SettingsState.File file, String pointer) {
    return file.json().map(json -> json.root().at(pointer)).orElseGet(MissingNode::getInstance);
  }

  private static int line(SettingsState.File file, String pointer) {
    return file.json().flatMap(json -> json.line(pointer).stream().boxed().findFirst()).orElse(1);
  }
}
