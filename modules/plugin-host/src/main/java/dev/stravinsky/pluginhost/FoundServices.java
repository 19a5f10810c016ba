package dev.stravinsky.pluginhost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the started plugins provide: checks by their ids, the others by plugin and kind. */
final class FoundServices {
  private final Map<String, ProvidedCheck> checks = new LinkedHashMap<>();
  private final Map<Key, List<Object>> services = new LinkedHashMap<>();

  private record Key(String plugin, String kind) {}

  Map<String, ProvidedCheck> checks() {
    return checks;
  }

  /** All of a kind that a plugin has registered. */
  List<Object> of(String plugin, String kind) {
    return List.copyOf(services.getOrDefault(new Key(plugin, kind), List.of()));
  }

  void add(String plugin, ServiceKind kind, Object service) {
    services
        .computeIfAbsent(new Key(plugin, kind.written()), key -> new ArrayList<>())
        .add(service);
  }
}
