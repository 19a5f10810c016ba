package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@code holds.json}: the pinned version and the held ones. */
final class HoldsForm implements ScopesFile.Form<HeldVersions> {

  /** The scope is put in by whoever asks for one; keys of projects lead back to no path. */
  @Override
  public HeldVersions read(JsonParser parser) throws IOException {
    List<Hold> holds = new ArrayList<>();
    List<Version> pin = new ArrayList<>();
    Json.fields(
        parser,
        name -> {
          if (name.equals("pin")) {
            pin.add(new Version(Json.text(parser)));
          } else if (name.equals("holds")) {
            Json.expect(parser, JsonToken.START_ARRAY);
            while (Json.element(parser)) {
              holds.add(hold(parser));
            }
          }
          return true;
        });
    return new HeldVersions(Scope.USER, holds, pin.stream().findFirst());
  }

  private static Hold hold(JsonParser parser) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Json.fields(
        parser,
        name -> {
          texts.put(name, Json.text(parser));
          return true;
        });
    return new Hold(
        new Version(texts.getOrDefault("version", "")),
        Cause.valueOf(texts.getOrDefault("cause", "").toUpperCase(Locale.ROOT)),
        Times.parse(texts.getOrDefault("since", "")),
        Optional.ofNullable(texts.get("reason")));
  }

  @Override
  public void write(JsonGenerator json, HeldVersions held) {
    held.pin().ifPresent(version -> json.writeStringProperty("pin", version.value()));
    json.writeArrayPropertyStart("holds");
    for (Hold hold : held.holds()) {
      json.writeStartObject();
      json.writeStringProperty("version", hold.version().value());
      json.writeStringProperty("cause", hold.cause().written());
      json.writeStringProperty("since", Times.text(hold.since()));
      hold.reason().ifPresent(text -> json.writeStringProperty("reason", text));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
