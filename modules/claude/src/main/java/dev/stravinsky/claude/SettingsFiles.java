package dev.stravinsky.claude;

import dev.stravinsky.api.TargetView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The settings files among targets, the lowest in rank first. */
final class SettingsFiles {
  /** A local file outranks the one beside it. */
  static final List<String> NAMES = List.of("settings.json", "settings.local.json");

  static final String TARGET = "settings";

  private SettingsFiles() {}

  /** One settings file. */
  record SettingsFile(TargetView view, TargetView.Node node) {
    /** The path that people know. */
    Path live() {
      return node.path().resolveIn(view.target().root());
    }
  }

  /** User before project, {@code settings.json} before {@code settings.local.json}. */
  static List<SettingsFile> in(List<TargetView> views) {
    List<SettingsFile> files = new ArrayList<>();
    views.stream()
        .filter(view -> view.target().name().equals(TARGET))
        .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
        .forEach(view -> view.nodes().forEach(node -> files.add(new SettingsFile(view, node))));
    return files;
  }

  private static int rank(TargetView view) {
    return view.target().scope().level().equals("global") ? 0 : 1;
  }
}
