package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads entries and members of a manifest, the parser standing on them. */
final class RowReader {
  private static final Set<String> TYPES = Set.of("file", "hardlink", "directory", "link");

  private final JsonParser parser;

  RowReader(JsonParser parser) {
    this.parser = parser;
  }

  Row row() throws IOException {
    Draft entry = new Draft(false);
    Json.fields(parser, entry::read);
    Item.Place place = place(entry.path);
    Optional<Stored> linked =
        entry.linked.map(
            led -> led.stored(new Item.Place(place.target(), place.level(), place.path(), true)));
    return new Row(entry.stored(place), entry.origin, linked);
  }

  private static Item.Place place(String path) {
    try {
      return Row.place(path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the entry \"" + path + "\": " + e.getMessage(), e);
    }
  }

  /** Throws {@link IllegalArgumentException} at one more than there may be. */
  List<Member> members(long most) throws IOException {
    Json.expect(parser, JsonToken.START_ARRAY);
    List<Member> members = new ArrayList<>();
    while (Json.element(parser)) {
      if (members.size() >= most) {
        throw new IllegalArgumentException("more than the " + most + " members that can be");
      }
      members.add(member());
    }
    return members;
  }

  Member member() throws IOException {
    long[] numbers = new long[3];
    String[] sums = {"", ""};
    Json.fields(
        parser,
        name -> {
          switch (name) {
            case "offset" -> numbers[0] = Json.number(parser);
            case "size_bytes" -> numbers[1] = Json.number(parser);
            case "raw_bytes" -> numbers[2] = Json.number(parser);
            case "sha256" -> sums[0] = Json.text(parser);
            case "identity" -> sums[1] = Json.text(parser);
            default -> {
              return true;
            }
          }
          return true;
        });
    return new Member(numbers[0], numbers[1], numbers[2], new Sha256(sums[0]), new Sha256(sums[1]));
  }

  /** An entry whose fields come in any order. */
  private final class Draft {
    private String path = "";
    private String type = "";
    private int mode;
    private long size;
    private String sha256 = "";
    private String link = "";
    private String to = "";
    private Instant modified = Instant.EPOCH;
    private int member = -1;
    private int header = -1;
    private long at;
    private Origin origin = Origin.USER;
    private Optional<Draft> linked = Optional.empty();
    private final boolean nested;

    Draft(boolean nested) {
      this.nested = nested;
    }

    boolean read(String name) throws IOException {
      switch (name) {
        case "path" -> path = Json.text(parser);
        case "type" -> type = Json.text(parser);
        case "mode" -> mode = mode(Json.text(parser));
        case "size" -> size = Json.number(parser);
        case "sha256" -> sha256 = Json.text(parser);
        case "link" -> link = Json.text(parser);
        case "to" -> to = Json.text(parser);
        case "mtime" -> modified = Times.parse(Json.text(parser));
        case "member" -> member = Math.toIntExact(Json.number(parser));
        case "header" -> header = Math.toIntExact(Json.number(parser));
        case "at" -> at = Json.number(parser);
        case "origin" -> origin = ManifestWriter.origin(Json.text(parser));
        case "linked" -> {
          if (linked.isPresent() || nested) {
            throw new IllegalArgumentException("a link's file is a link again: " + path);
          }
          Draft led = new Draft(true);
          Json.fields(parser, led::read);
          linked = Optional.of(led);
        }
        default -> {
          return true;
        }
      }
      return true;
    }

    Stored stored(Item.Place place) {
      if (member < 0 || header < -1 || size < 0 || at < 0) {
        throw new IllegalArgumentException("an entry of impossible size or place: " + path);
      }
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException("a type of entry unknown: " + type);
      }
      boolean file = type.equals("file") || type.equals("hardlink");
      if (place.linked() && !file || linked.isPresent() && !type.equals("link")) {
        throw new IllegalArgumentException("something other than a file behind a link: " + path);
      }
      if (!file && at != 0) {
        throw new IllegalArgumentException("content where there can be none: " + path);
      }
      if (type.equals("hardlink") != !to.isEmpty()) {
        throw new IllegalArgumentException("a hard link that leads nowhere: " + path);
      }
      if (!to.isEmpty() && !Row.place(to).target().equals(place.target())) {
        throw new IllegalArgumentException("a hard link that leads out of its archive: " + path);
      }
      EntryState state =
          switch (type) {
            case "file", "hardlink" -> new EntryState.Regular(new Sha256(sha256), size, mode);
            case "directory" -> new EntryState.Directory(mode);
            default -> new EntryState.Link(RawNames.requireCanonical(link));
          };
      return new Stored(place, state, modified, header < 0 ? member : header, member, at, to);
    }

    private static int mode(String octal) {
      int mode = octal.length() == 4 ? 0 : -1;
      for (int i = 0; i < 4 && mode >= 0; i++) {
        char digit = octal.charAt(i);
        mode = digit >= '0' && digit <= '7' ? mode << 3 | digit - '0' : -1;
      }
      if (mode < 0) {
        throw new IllegalArgumentException("not a mode: " + octal);
      }
      return mode;
    }
  }
}
