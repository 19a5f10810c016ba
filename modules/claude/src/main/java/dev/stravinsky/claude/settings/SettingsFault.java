package dev.stravinsky.claude.settings;

import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Why Claude Code leaves a whole settings file out: it does so for any value of a wrong shape.
 *
 * @param line counted from 1
 */
public record SettingsFault(int line, String message) {
  /** Claude Code does not start with a larger file. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

  /** The first fault; an empty file has none, it only sets nothing. */
  public static Optional<SettingsFault> in(byte[] content) {
    if (content.length > MAX_BYTES) {
      return Optional.of(new SettingsFault(1, "it is larger than 2 MiB"));
    }
    try {
      LocatedJson json = LocatedJson.parse(orNothing(content));
      return SettingsShape.violations(json.root()).stream()
          .findFirst()
          .map(v -> new SettingsFault(json.line(v.pointer()).orElse(1), v.message()));
    } catch (NotJsonException e) {
      return Optional.of(new SettingsFault(e.line(), "it is not JSON: " + e.getMessage()));
    }
  }

  /** What a settings file says; empty if it is no JSON or too large. */
  public static Optional<LocatedJson> json(byte[] content) {
    try {
      return content.length > MAX_BYTES
          ? Optional.empty()
          : Optional.of(LocatedJson.parse(orNothing(content)));
    } catch (NotJsonException e) {
      return Optional.empty();
    }
  }

  private static byte[] orNothing(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).isBlank() ? NOTHING : content;
  }
}
