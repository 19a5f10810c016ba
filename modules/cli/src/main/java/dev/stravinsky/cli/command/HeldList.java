package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The versions that updates leave alone, as status and the update's list show them. */
final class HeldList {
  /** What a check said can be long; all of it is in the JSON. */
  private static final int MOST_WHY = 120;

  private HeldList() {}

  /** Nothing is printed where nothing is held; a damaged list is told and stops nothing. */
  static void print(Services services, Scope scope, Output output) throws IOException {
    HeldVersions held;
    try {
      held = services.holds().of(scope);
    } catch (StravinskyException e) {
      output.problems(e.problems());
      return;
    }
    held.pin().ifPresent(version -> output.field("Pinned", version + "; stravinsky unpin"));
    for (Hold hold : held.holds()) {
      output.field(
          "Held", hold.version() + " since " + Shown.time(hold.since()) + ", " + brief(hold.why()));
    }
  }

  private static String brief(String why) {
    return why.length() <= MOST_WHY ? why : why.substring(0, MOST_WHY) + "...";
  }

  /** For programs, with why each is held. */
  static List<Map<String, Object>> json(HeldVersions held) {
    return held.holds().stream().map(HeldList::json).toList();
  }

  private static Map<String, Object> json(Hold hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", hold.version());
    json.put("cause", hold.cause().written());
    json.put("since", hold.since());
    json.put("reason", hold.reason());
    return json;
  }
}
