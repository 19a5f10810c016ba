package dev.stravinsky.merge.json;

import dev.stravinsky.merge.json.Node.Group;
import dev.stravinsky.merge.json.Node.Item;
import dev.stravinsky.merge.text.ThreeWayLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * JSON texts merged by key, in the user's layout: what only one side changed is taken from it. A
 * value that both changed stays the user's and is named, or is the release's if that was asked for.
 */
public final class JsonMerge {
  /** How the status line looks is the user's own business once they changed it. */
  private static final List<String> USERS = List.of("statusLine");

  private final boolean settings;
  private final boolean take;
  private final Style mine;
  private final Adoption adoption;
  private final Set<String> conflicts = new LinkedHashSet<>();

  private JsonMerge(boolean settings, boolean take, Document live, Document incoming) {
    this.settings = settings;
    this.take = take;
    this.mine = Style.of(live);
    this.adoption = new Adoption(Style.of(incoming), mine);
  }

  /** How a merge ended. */
  public sealed interface Result {}

  /**
   * A merged text.
   *
   * @param conflicts the keys that both sides changed; of them one side's value was taken
   */
  public record Merged(String text, List<String> conflicts) implements Result {}

  /**
   * One of the texts is no JSON that can be merged; {@code why} is a sentence without full stop.
   */
  public record Unreadable(String why) implements Result {}

  /**
   * Merges three texts.
   *
   * @param base as the installed release published it; empty if it had none
   * @param settings whether it is one of Claude Code's settings files
   * @param take whether of what both changed the release's is taken
   */
  public static Result merge(
      Optional<String> base, String live, String incoming, boolean settings, boolean take) {
    String whose = "the installed release's";
    try {
      Optional<Node> before = base.map(Document::of).map(Document::root);
      whose = "your";
      Document mine = Document.of(live);
      whose = "the new release's";
      Document theirs = Document.of(incoming);
      JsonMerge merge = new JsonMerge(settings, take, mine, theirs);
      Node root = merge.both(Place.TOP, before, mine.root(), theirs.root());
      String text = new Document(mine.before(), root, mine.after()).text();
      if (!Document.of(text).root().value().equals(root.value())) {
        throw new IllegalStateException("the merged text does not say what was meant: " + text);
      }
      return new Merged(text, List.copyOf(merge.conflicts));
    } catch (NotJsonException e) {
      return new Unreadable(whose + " file is no JSON that can be merged: " + e.getMessage());
    }
  }

  /** Where both have a value. */
  private Node both(Place place, Optional<Node> base, Node live, Node incoming) {
    boolean nothingNew = base.filter(b -> b.value().equals(incoming.value())).isPresent();
    if (live.value().equals(incoming.value()) || nothingNew) {
      return live;
    }
    if (base.filter(b -> b.value().equals(live.value())).isPresent()) {
      // By key all the same: what is equal keeps the user's layout.
      return groups(place, base, live, incoming)
          .filter(merged -> merged.value().equals(incoming.value()))
          .orElseGet(() -> adoption.node(incoming, place.theirs(), place.mine()));
    }
    if (isUsers(place)) {
      return live;
    }
    Optional<Node> merged = groups(place, base, live, incoming);
    if (merged.isPresent()) {
      return merged.get();
    }
    return conflict(place) ? adoption.node(incoming, place.theirs(), place.mine()) : live;
  }

  /** What was something else before is as if it had been empty. */
  private static Group same(Optional<Node> base, Group now) {
    return base.filter(Group.class::isInstance)
        .map(Group.class::cast)
        .filter(group -> group.object() == now.object())
        .orElse(Group.of(now.object(), List.of(), "", false));
  }

  /** Two objects or two arrays; empty for anything else, and where they cannot be merged. */
  private Optional<Node> groups(Place place, Optional<Node> old, Node mineNow, Node theirsNow) {
    if (!(mineNow instanceof Group live)
        || !(theirsNow instanceof Group incoming)
        || live.object() != incoming.object()) {
      return Optional.empty();
    }
    Group base = same(old, live);
    if (live.object()) {
      return Optional.of(byKey(place, base, live, incoming, JsonMerge::names));
    }
    var keys = Keys.of(place.path(), settings, List.of(base, live, incoming));
    return keys.isPresent()
        ? Optional.of(byKey(place, base, live, incoming, keys.get()))
        : byPlace(place, base, live, incoming);
  }

  private static List<String> names(Group object) {
    return object.items().stream().map(Item::name).toList();
  }

  private Node byKey(
      Place place, Group base, Group live, Group incoming, Function<Group, List<String>> keys) {
    Map<String, Item> before = keyed(base, keys);
    Map<String, Item> ours = keyed(live, keys);
    Map<String, Item> theirs = keyed(incoming, keys);
    Set<String> all = new LinkedHashSet<>(ours.keySet());
    all.addAll(theirs.keySet());
    Map<String, Item> merged = new LinkedHashMap<>();
    for (String key : all) {
      Optional<Item> old = Optional.ofNullable(before.get(key));
      Optional<Item> mineNow = Optional.ofNullable(ours.get(key));
      Optional<Item> theirsNow = Optional.ofNullable(theirs.get(key));
      Place at = place.at(key, mineNow, theirsNow);
      item(at, old, mineNow, theirsNow, live).ifPresent(item -> merged.put(key, item));
    }
    MergedOrder order = new MergedOrder(before.keySet(), ours.keySet(), theirs.keySet());
    if (!live.object() && hasGroups(merged)) {
      Set<String> rivals = order.rivals(take);
      if (!rivals.isEmpty()) {
        conflicts.add(place.shown());
        merged.keySet().removeAll(rivals);
      }
    }
    List<Item> items = order.of(merged.keySet()).stream().map(merged::get).toList();
    return rebuilt(place, live, items);
  }

  private static boolean hasGroups(Map<String, Item> items) {
    return items.values().stream().anyMatch(item -> item.node() instanceof Group);
  }

  private static Map<String, Item> keyed(Group group, Function<Group, List<String>> keys) {
    Map<String, Item> keyed = new LinkedHashMap<>();
    List<String> names = keys.apply(group);
    for (int i = 0; i < names.size(); i++) {
      keyed.put(names.get(i), group.items().get(i));
    }
    return keyed;
  }

  private Optional<Item> item(
      Place at, Optional<Item> old, Optional<Item> ours, Optional<Item> theirs, Group live) {
    if (ours.isPresent() && theirs.isPresent()) {
      Node node = both(at, old.map(Item::node), ours.get().node(), theirs.get().node());
      return ours.map(item -> item.with(node));
    }
    Optional<Item> adopted = theirs.map(item -> adopted(at, item, live));
    if (old.isEmpty()) {
      return ours.or(() -> adopted);
    }
    // One side deleted it.
    Object left = ours.or(() -> theirs).orElseThrow().node().value();
    if (left.equals(old.get().node().value())) {
      return Optional.empty();
    }
    return isUsers(at) || !conflict(at) ? ours : adopted;
  }

  private Item adopted(Place at, Item item, Group live) {
    String lead = mine.lead(live, at.mine());
    return adoption.item(item, at.theirs(), lead, Style.indent(lead, at.mine()));
  }

  /** Elements that are known by their place: what both changed in one place is not merged. */
  private Optional<Node> byPlace(Place place, Group base, Group live, Group incoming) {
    return ThreeWayLists.merge(
            elements(base, false), elements(live, true), elements(incoming, false))
        .map(
            elements -> {
              List<Item> items = new ArrayList<>();
              for (Element each : elements) {
                Place at = place.at("", Optional.empty(), Optional.of(each.item()));
                items.add(each.mine() ? each.item() : adopted(at, each.item(), live));
              }
              return rebuilt(place, live, items);
            });
  }

  private Node rebuilt(Place place, Group live, List<Item> items) {
    List<Item> led = mine.inLine(live, items);
    return live.with(led, mine.tail(live, led, place.mine()));
  }

  private static List<Element> elements(Group array, boolean mine) {
    return array.items().stream().map(item -> new Element(item, mine)).toList();
  }

  private static boolean isUsers(Place place) {
    return place.path().size() == 1 && USERS.contains(place.path().getFirst());
  }

  /** Notes it; whether the release's value is to be taken. */
  private boolean conflict(Place place) {
    conflicts.add(place.shown());
    return take;
  }

  /** An element of an array, equal to others of its value. */
  private record Element(Item item, boolean mine) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Element e && e.item.node().value().equals(item.node().value());
    }

    @Override
    public int hashCode() {
      return item.node().value().hashCode();
    }
  }

  /**
   * Where a value is.
   *
   * @param mine the indentation of the line that it stands in, in the user's file
   * @param theirs the same in the release's
   */
  private record Place(List<String> path, String mine, String theirs) {
    static final Place TOP = new Place(List.of(), "", "");

    /** A place in this one; of an item that only one side has, the line is this one's. */
    Place at(String key, Optional<Item> ours, Optional<Item> others) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(key);
      return new Place(
          deeper,
          ours.map(item -> Style.indent(item.lead(), mine)).orElse(mine),
          others.map(item -> Style.indent(item.lead(), theirs)).orElse(theirs));
    }

    String shown() {
      return path.isEmpty() ? "the whole" : String.join(".", path);
    }
  }
}
