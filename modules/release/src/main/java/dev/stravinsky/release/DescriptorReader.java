package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.release.Descriptor.Listed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a {@code release.json}; everything that is wrong with it is told at once. */
final class DescriptorReader {
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  private final JsonFields fields;

  private DescriptorReader(String file) {
    this.fields = new JsonFields(file);
  }

  /**
   * The description.
   *
   * @param file how the file is called in messages
   */
  static Descriptor read(byte[] content, String file) {
    DescriptorReader reader = new DescriptorReader(file);
    Descriptor descriptor = reader.descriptor(reader.fields.root(content));
    reader.fields.orThrow();
    return descriptor;
  }

  private Descriptor descriptor(JsonNode root) {
    Optional<Version> version = fields.version(root, "version");
    return new Descriptor(
        fields.text(root, "name", "name").orElse(""),
        version,
        commands(root.path("requires").path("commands")),
        root.has("files")
            ? Optional.of(listed(root.path("files"), "files", true))
            : Optional.empty(),
        root.has("delete") ? listed(root.path("delete"), "delete", false) : List.of());
  }

  private List<String> commands(JsonNode node) {
    List<String> commands = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      fields.wrong("requires.commands", "must be a list of names");
      return commands;
    }
    for (JsonNode each : node) {
      if (each.isString() && !each.stringValue().isBlank()) {
        commands.add(each.stringValue());
      } else {
        fields.wrong("requires.commands", "must be a list of names");
      }
    }
    return commands;
  }

  private List<Listed> listed(JsonNode node, String where, boolean withContent) {
    List<Listed> all = new ArrayList<>();
    if (!node.isArray()) {
      fields.wrong(where, "must be a list");
      return all;
    }
    for (int i = 0; i < node.size(); i++) {
      entry(node.get(i), where + "[" + i + "]", withContent).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Listed> entry(JsonNode node, String where, boolean withContent) {
    boolean bare = !withContent && node.isString();
    if (!bare && !node.isObject()) {
      fields.wrong(where, "must be an object with a path");
      return Optional.empty();
    }
    Optional<EntryPath> path = bare ? path(node.stringValue(), where) : path(node, where);
    List<Sha256> contents = fields.checksums(node.path("sha256"), where + ".sha256");
    Optional<String> link = fields.text(node, "link", where + ".link");
    if (withContent && link.isEmpty() && contents.size() != 1) {
      fields.wrong(where + ".sha256", "must be the file's SHA-256 checksum");
    }
    OptionalInt mode = mode(node, where + ".mode");
    OptionalLong bytes = fields.size(node, where + ".size");
    return path.map(p -> new Listed(p, contents, bytes, mode, link));
  }

  /** The bytes where the name is no text, otherwise the text. */
  private Optional<EntryPath> path(JsonNode node, String where) {
    Optional<String> encoded = fields.text(node, "encoded_path", where + ".encoded_path");
    if (encoded.isPresent()) {
      try {
        return Optional.of(new EntryPath(encoded.get()));
      } catch (IllegalArgumentException e) {
        fields.wrong(where + ".encoded_path", e.getMessage());
        return Optional.empty();
      }
    }
    Optional<String> text = fields.text(node, "path", where + ".path");
    if (text.isEmpty()) {
      fields.wrong(where + ".path", "is missing");
    }
    return text.flatMap(t -> path(t, where));
  }

  private Optional<EntryPath> path(String text, String where) {
    byte[] name = text.getBytes(StandardCharsets.UTF_8);
    Optional<String> refusal =
        text.isEmpty()
            ? Optional.of("the name is empty")
            : EntryNames.refusal(name, Limits.STANDARD);
    refusal.ifPresent(reason -> fields.wrong(where, EntryNames.readable(name) + ": " + reason));
    return refusal.isPresent() ? Optional.empty() : Optional.of(EntryNames.path(name));
  }

  private OptionalInt mode(JsonNode node, String where) {
    JsonNode mode = node.path("mode");
    if (mode.isMissingNode()) {
      return OptionalInt.empty();
    }
    // As text only: is the number 755 meant as octal? Set-id bits have no place in a release.
    if (!mode.isString() || !MODE.matcher(mode.stringValue()).matches()) {
      fields.wrong(where, "must be permission bits as text, for example \"0755\"");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(mode.stringValue(), 8));
  }
}
