package dev.stravinsky.merge.json;

import dev.stravinsky.merge.json.Node.Group;
import dev.stravinsky.merge.json.Node.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * How a text is laid out.
 *
 * @param lines whether its members stand in lines of their own
 * @param newline its line ends
 * @param unit what each depth is indented by
 * @param colon what stands between a name and its value
 * @param separator what stands behind a comma within a line
 */
record Style(boolean lines, String newline, String unit, String colon, String separator) {

  /** An empty or plain document says nothing of its style; then it is the one most used. */
  static Style of(Document document) {
    List<Item> items = document.root() instanceof Group group ? group.items() : List.of();
    String text = document.text();
    boolean lines = items.isEmpty() || items.stream().anyMatch(i -> i.lead().contains("\n"));
    String unit = lines ? "  " : "";
    for (Item item : items) {
      if (item.lead().contains("\n")) {
        unit = indent(item.lead());
        break;
      }
    }
    String colon = lines ? ": " : ":";
    if (!items.isEmpty() && !items.getFirst().label().isEmpty()) {
      String label = items.getFirst().label();
      colon = label.substring(items.getFirst().nameEnd());
    }
    String separator =
        !lines && items.size() > 1 && items.get(1).lead().isBlank() ? items.get(1).lead() : " ";
    return new Style(
        lines,
        text.contains("\r\n") ? "\r\n" : "\n",
        unit,
        colon.contains("/") ? ": " : colon,
        !lines && items.size() < 2 ? "" : separator);
  }

  /** The blanks at the beginning of the last line. */
  static String indent(String lead) {
    String line = lead.substring(lead.lastIndexOf('\n') + 1);
    int end = 0;
    while (end < line.length() && " \t".indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    return line.substring(0, end);
  }

  /** The indentation of what this lead stands before, if it begins a line. */
  static String indent(String lead, String otherwise) {
    return lead.contains("\n") ? indent(lead) : otherwise;
  }

  /** What a further item of this group is led by; {@code indent} is that of the group's line. */
  String lead(Group group, String indent) {
    for (Item item : group.items().reversed()) {
      if (item.lead().contains("\n")) {
        return newline + indent(item.lead());
      }
    }
    if (!group.items().isEmpty()) {
      String last = group.items().getLast().lead();
      return group.items().size() > 1 && last.isBlank() ? last : separator;
    }
    return lines ? newline + indent + unit : "";
  }

  /** What stands before the closing bracket of this group once it has these items. */
  String tail(Group group, List<Item> items, String indent) {
    if (!group.tail().isBlank()) {
      return group.tail();
    }
    if (items.isEmpty()) {
      return "";
    }
    return group.items().isEmpty() && lines ? newline + indent : group.tail();
  }

  /** Items that stand in one line: the first has nothing to be set apart from. */
  List<Item> inLine(Group group, List<Item> items) {
    if (group.items().isEmpty() || group.items().stream().anyMatch(i -> i.lead().contains("\n"))) {
      return items;
    }
    Item first = group.items().getFirst();
    List<Item> led = new ArrayList<>();
    for (Item item : items) {
      boolean wasFirst = item.lead().equals(first.lead()) && item.name().equals(first.name());
      if (led.isEmpty()) {
        led.add(item.lead().isBlank() ? item.led(first.lead()) : item);
      } else {
        led.add(wasFirst && item.lead().isBlank() ? item.led(lead(group, "")) : item);
      }
    }
    return led;
  }
}
