package dev.stravinsky.claude.settings;

import dev.stravinsky.claude.settings.SettingsShape.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is allowed in settings and still looks like a mistake. */
final class SettingsOddities {
  private final List<Violation> found = new ArrayList<>();

  private SettingsOddities() {}

  static List<Violation> in(JsonNode root) {
    SettingsOddities oddities = new SettingsOddities();
    oddities.misspelt(root);
    oddities.hooks(root.path("hooks"));
    oddities.permissions(root.path("permissions"));
    return oddities.found;
  }

  /** The root is open, so a key is only odd if it is nearly a known one. */
  private void misspelt(JsonNode root) {
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      String key = property.getKey();
      if (!KnownNames.ROOT.contains(key)) {
        KnownNames.meant(key, KnownNames.ROOT)
            .filter(meant -> !root.has(meant))
            .ifPresent(
                meant ->
                    add(
                        LocatedJson.child("", key),
                        "\"" + key + "\": is \"" + meant + "\" meant?"));
      }
    }
  }

  private void hooks(JsonNode hooks) {
    for (Map.Entry<String, JsonNode> event : hooks.properties()) {
      String pointer = LocatedJson.child("/hooks", event.getKey());
      if (!KnownNames.EVENTS.contains(event.getKey())) {
        String meant =
            KnownNames.meant(event.getKey(), KnownNames.EVENTS)
                .map(name -> ", is \"" + name + "\" meant?")
                .orElse("");
        add(pointer, "unknown hook event \"" + event.getKey() + "\"" + meant);
      }
      for (int group = 0; group < event.getValue().size(); group++) {
        handlers(event.getValue().path(group), LocatedJson.child(pointer, group));
      }
    }
  }

  private void handlers(JsonNode group, String pointer) {
    JsonNode handlers = group.path("hooks");
    for (int i = 0; i < handlers.size(); i++) {
      unknown(
          handlers.path(i),
          LocatedJson.child(LocatedJson.child(pointer, "hooks"), i),
          KnownNames.HANDLER);
    }
  }

  private void permissions(JsonNode permissions) {
    unknown(permissions, "/permissions", KnownNames.PERMISSIONS);
    JsonNode mode = permissions.path("defaultMode");
    if (mode.isString() && !KnownNames.MODES.contains(mode.asString())) {
      add("/permissions/defaultMode", "unknown permission mode \"" + mode.asString() + "\"");
    }
  }

  private void unknown(JsonNode object, String pointer, Set<String> known) {
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      if (!known.contains(property.getKey())) {
        String child = LocatedJson.child(pointer, property.getKey());
        add(child, LocatedJson.readable(child) + " is unknown and has no effect");
      }
    }
  }

  private void add(String pointer, String message) {
    found.add(new Violation(pointer, message));
  }
}
