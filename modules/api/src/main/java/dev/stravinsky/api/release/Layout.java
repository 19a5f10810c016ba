package dev.stravinsky.api.release;

import java.util.Map;

/** Where files stand in a release's folder. */
public final class Layout {
  /** Files at the top of a release, and the target that each belongs to. */
  public static final Map<String, String> TOP_FILES =
      Map.of(
          "settings.json", "settings",
          "settings.local.json", "settings",
          "CLAUDE.md", "CLAUDE.md");

  /** The description of a release, at its top. */
  public static final String DESCRIPTOR = "release.json";

  /** The signature of that description, beside it. */
  public static final String DESCRIPTOR_SIGNATURE = DESCRIPTOR + ".sig";

  /** What a channel offers, at its top. */
  public static final String CHANNEL = "channel.json";

  /** The signature of that, beside it. */
  public static final String CHANNEL_SIGNATURE = CHANNEL + ".sig";

  private Layout() {}
}
