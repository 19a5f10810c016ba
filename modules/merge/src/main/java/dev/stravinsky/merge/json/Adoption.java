package dev.stravinsky.merge.json;

import dev.stravinsky.merge.json.Node.Group;
import dev.stravinsky.merge.json.Node.Item;
import dev.stravinsky.merge.json.Node.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Writes values of one text as they would stand in another; of an equal style, as they are. */
final class Adoption {
  private final Style from;
  private final Style to;

  Adoption(Style from, Style to) {
    this.from = from;
    this.to = to;
  }

  /**
   * An item for another group.
   *
   * @param fromIndent the indentation of the line that it stands in
   * @param lead what it is to be led by there
   * @param toIndent the indentation of the line that it is to stand in
   */
  Item item(Item item, String fromIndent, String lead, String toIndent) {
    String comment = item.lead().isBlank() ? "" : shifted(item.lead(), fromIndent, toIndent);
    return new Item(
        comment.isEmpty() ? lead : comment,
        item.name(),
        label(item),
        node(item.node(), fromIndent, toIndent),
        "",
        item.trail());
  }

  /** A value for another place. */
  Node node(Node node, String fromIndent, String toIndent) {
    return switch (node) {
      case Scalar scalar -> scalar;
      case Group group when !to.lines() -> flat(group);
      case Group group when !from.lines() -> spread(group, toIndent);
      case Group group -> moved(group, fromIndent, toIndent);
    };
  }

  private Group moved(Group group, String fromIndent, String toIndent) {
    List<Item> items = new ArrayList<>();
    for (Item each : group.items()) {
      items.add(
          new Item(
              shifted(each.lead(), fromIndent, toIndent),
              each.name(),
              label(each),
              node(each.node(), fromIndent, toIndent),
              shifted(each.gap(), fromIndent, toIndent),
              each.trail()));
    }
    return group.with(items, shifted(group.tail(), fromIndent, toIndent));
  }

  /** All in one line, but for comments. */
  private Group flat(Group group) {
    List<Item> items = new ArrayList<>();
    for (Item each : group.items()) {
      String lead = items.isEmpty() ? "" : to.separator();
      items.add(
          new Item(
              each.lead().isBlank() ? lead : each.lead(),
              each.name(),
              label(each),
              node(each.node(), "", ""),
              each.gap().isBlank() ? "" : each.gap(),
              each.trail()));
    }
    return group.with(items, group.tail().isBlank() ? "" : group.tail());
  }

  /** Each item in a line of its own. */
  private Group spread(Group group, String indent) {
    String deeper = indent + to.unit();
    List<Item> items = new ArrayList<>();
    for (Item each : group.items()) {
      items.add(
          new Item(
              each.lead().isBlank() ? to.newline() + deeper : each.lead(),
              each.name(),
              label(each),
              node(each.node(), deeper, deeper),
              each.gap(),
              each.trail()));
    }
    String tail = items.isEmpty() ? "" : to.newline() + indent;
    return group.with(items, group.tail().isBlank() ? tail : group.tail());
  }

  private String label(Item item) {
    int end = item.nameEnd();
    String colon = item.label().substring(end);
    return end == 0 || colon.contains("/")
        ? item.label()
        : item.label().substring(0, end) + to.colon();
  }

  /** Blanks and comments whose lines begin at another depth. */
  private String shifted(String blanks, String fromIndent, String toIndent) {
    if (blanks.indexOf('\n') < 0) {
      return blanks;
    }
    String[] lines = blanks.split("\r?\n", -1);
    StringBuilder out = new StringBuilder(lines[0]);
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i];
      boolean inside = line.startsWith(fromIndent);
      out.append(to.newline())
          .append(inside ? toIndent + deeper(line.substring(fromIndent.length())) : line);
    }
    return out.toString();
  }

  private String deeper(String line) {
    if (from.unit().isEmpty() || from.unit().equals(to.unit())) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    String rest = line;
    while (rest.startsWith(from.unit())) {
      out.append(to.unit());
      rest = rest.substring(from.unit().length());
    }
    return out.append(rest).toString();
  }
}
