package dev.stravinsky.chaos.toxiproxy;

import dev.stravinsky.chaos.toxiproxy.Toxic.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The toxics of one proxy, in the order in which they were added. */
final class ToxicTable {
  private final Map<String, Toxic> toxics = new LinkedHashMap<>();
  private final Runnable changed;

  /**
   * @param changed is told after each change
   */
  ToxicTable(Runnable changed) {
    this.changed = changed;
  }

  synchronized List<Toxic> all() {
    return List.copyOf(toxics.values());
  }

  synchronized List<Toxic> in(Direction direction) {
    return toxics.values().stream().filter(toxic -> toxic.stream() == direction).toList();
  }

  synchronized Toxic get(String name) throws ApiException {
    Toxic toxic = toxics.get(name);
    if (toxic == null) {
      throw ApiException.noSuchToxic();
    }
    return toxic;
  }

  void add(Toxic toxic) throws ApiException {
    synchronized (this) {
      if (toxics.putIfAbsent(toxic.name(), toxic) != null) {
        throw ApiException.toxicExists();
      }
    }
    changed.run();
  }

  void replace(Toxic toxic) throws ApiException {
    synchronized (this) {
      get(toxic.name());
      toxics.put(toxic.name(), toxic);
    }
    changed.run();
  }

  void remove(String name) throws ApiException {
    synchronized (this) {
      get(name);
      toxics.remove(name);
    }
    changed.run();
  }

  void clear() {
    synchronized (this) {
      toxics.clear();
    }
    changed.run();
  }
}
