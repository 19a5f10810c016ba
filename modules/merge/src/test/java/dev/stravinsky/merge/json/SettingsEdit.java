package dev.stravinsky.merge.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One edit of settings.
 *
 * @param path the place that it is about; edits of places in one another are related
 * @param added the word that it brings, if it does
 */
record SettingsEdit(List<Object> path, Optional<String> added, Consumer<Object> change) {
  /** Of so many in one place some fall to each side. */
  private static final int ADDITIONS = 3;

  private static final AtomicInteger FRESH = new AtomicInteger();

  /** Where it is, as conflicts name places. */
  String place() {
    return path.stream()
        .map(step -> step.toString().replace("~/.claude/", ""))
        .collect(Collectors.joining("."));
  }

  /** Does it, unless an edit before took the place away. */
  void apply(SettingsModel model) {
    Object at = model.root();
    for (Object step : path.subList(0, path.size() - 1)) {
      at = child(at, step);
      if (at == null) {
        return;
      }
    }
    change.accept(at);
  }

  /** Edits of which none is about a place in another's. */
  static List<SettingsEdit> unrelated(SettingsModel base, Random random) {
    List<SettingsEdit> chosen = new ArrayList<>();
    for (SettingsEdit each : any(base, random)) {
      boolean related =
          chosen.stream().anyMatch(c -> isIn(c.path(), each.path()) || isIn(each.path(), c.path()));
      if (!related) {
        chosen.add(each);
      }
    }
    return chosen;
  }

  static List<SettingsEdit> any(SettingsModel base, Random random) {
    List<SettingsEdit> all = new ArrayList<>();
    collect(base.root(), List.of(), all, random);
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(all.size(), 1 + random.nextInt(6)));
  }

  private static boolean isIn(List<Object> path, List<Object> other) {
    return path.size() <= other.size() && other.subList(0, path.size()).equals(path);
  }

  private static Object child(Object at, Object step) {
    if (at instanceof Map<?, ?> map) {
      return map.get(step);
    }
    return ((List<?>) at).stream().filter(each -> name(each).equals(step)).findFirst().orElse(null);
  }

  /** Elements are found again by what they are, not by where they are. */
  private static Object name(Object element) {
    return element instanceof Map<?, ?> map
        ? map.containsKey("matcher") ? map.get("matcher") : map.get("command")
        : element;
  }

  private static void collect(Object at, List<Object> path, List<SettingsEdit> all, Random random) {
    if (at instanceof Map<?, ?> map) {
      boolean fixed = map.containsKey("matcher") || map.containsKey("command");
      map.forEach(
          (key, value) -> {
            List<Object> here = plus(path, key);
            if (value instanceof String && !fixed) {
              all.add(set(here));
              all.add(remove(here));
            }
            collect(value, here, all, random);
          });
      for (int i = 0; i < ADDITIONS; i++) {
        all.add(addKey(path, random.nextInt(map.size() + 1)));
      }
      return;
    }
    if (at instanceof List<?> list) {
      for (Object each : list) {
        List<Object> here = plus(path, name(each));
        all.add(removeElement(here));
        collect(each, here, all, random);
      }
      boolean groups = path.getFirst().equals("hooks") && path.size() == 2;
      boolean hooks = path.getFirst().equals("hooks") && path.size() == 4;
      for (int i = 0; i < ADDITIONS; i++) {
        all.add(addElement(path, groups, hooks, random.nextInt(list.size() + 1)));
      }
    }
  }

  private static List<Object> plus(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  private static String fresh() {
    return "new" + FRESH.incrementAndGet() + "_";
  }

  private static SettingsEdit set(List<Object> path) {
    String word = fresh();
    return new SettingsEdit(
        path,
        Optional.of(word),
        at -> map(at).computeIfPresent((String) path.getLast(), (k, v) -> word));
  }

  private static SettingsEdit remove(List<Object> path) {
    return new SettingsEdit(path, Optional.empty(), at -> map(at).remove(path.getLast()));
  }

  private static SettingsEdit addKey(List<Object> path, int index) {
    String word = fresh();
    return new SettingsEdit(
        plus(path, word),
        Optional.of(word),
        at -> {
          Map<String, Object> old = new LinkedHashMap<>(map(at));
          map(at).clear();
          int i = 0;
          for (Map.Entry<String, Object> each : old.entrySet()) {
            if (i++ == index) {
              map(at).put(word, "value of " + word);
            }
            map(at).put(each.getKey(), each.getValue());
          }
          map(at).put(word, "value of " + word);
        });
  }

  private static SettingsEdit removeElement(List<Object> path) {
    return new SettingsEdit(
        path, Optional.empty(), at -> list(at).removeIf(e -> name(e).equals(path.getLast())));
  }

  private static SettingsEdit addElement(
      List<Object> path, boolean groups, boolean hooks, int index) {
    String word = fresh();
    Object element =
        groups
            ? SettingsModel.group(word, new ArrayList<>(List.of(SettingsModel.hook(word + "h"))))
            : hooks ? SettingsModel.hook(word) : word;
    return new SettingsEdit(
        plus(path, word),
        Optional.of(word),
        at -> list(at).add(Math.min(index, list(at).size()), element));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object at) {
    return (Map<String, Object>) at;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object at) {
    return (List<Object>) at;
  }
}
