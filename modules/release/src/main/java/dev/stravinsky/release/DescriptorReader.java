package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.release.Descriptor.Listed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@code release.json}; everything that is wrong with it is told at once. */
final class DescriptorReader {
  private static final int FORMAT = 1;
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final Refusals refusals = new Refusals();

  private DescriptorReader(String file) {
    this.file = file;
  }

  /**
   * The description.
   *
   * @param file how the file is called in messages
   */
  static Descriptor read(byte[] content, String file) {
    DescriptorReader reader = new DescriptorReader(file);
    Descriptor descriptor = reader.descriptor(reader.parse(content));
    reader.refusals.orThrow();
    return descriptor;
  }

  private JsonNode parse(byte[] content) {
    try {
      JsonNode root = JSON.readTree(content);
      if (root.isObject()) {
        return root;
      }
      wrong("", "is not a JSON object");
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String where = line > 0 ? file + ":" + line : file;
      refusals.add(
          Problem.of(ErrorKind.PARSE_ERROR, where + ": not JSON: " + e.getOriginalMessage()));
    }
    refusals.orThrow();
    throw new IllegalStateException("a refusal was noted");
  }

  private Descriptor descriptor(JsonNode root) {
    JsonNode format = root.path("format");
    if (!format.isIntegralNumber() || format.asLong() < 1) {
      wrong("format", "must be " + FORMAT);
    } else if (format.asLong() > FORMAT) {
      wrong("format", "is " + format.asLong() + ", newer than this program knows; update it first");
      refusals.orThrow(); // Nothing else in it can be judged.
    }
    Optional<Version> version = text(root, "version", "version").flatMap(this::version);
    return new Descriptor(
        text(root, "name", "name").orElse(""),
        version,
        commands(root.path("requires").path("commands")),
        root.has("files")
            ? Optional.of(listed(root.path("files"), "files", true))
            : Optional.empty(),
        root.has("delete") ? listed(root.path("delete"), "delete", false) : List.of());
  }

  private Optional<Version> version(String text) {
    if (!Version.isValid(text)) {
      wrong("version", "\"" + text + "\" is not a version");
      return Optional.empty();
    }
    return Optional.of(new Version(text));
  }

  private List<String> commands(JsonNode node) {
    List<String> commands = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      wrong("requires.commands", "must be a list of names");
      return commands;
    }
    for (JsonNode each : node) {
      if (each.isString() && !each.stringValue().isBlank()) {
        commands.add(each.stringValue());
      } else {
        wrong("requires.commands", "must be a list of names");
      }
    }
    return commands;
  }

  private List<Listed> listed(JsonNode node, String where, boolean withContent) {
    List<Listed> all = new ArrayList<>();
    if (!node.isArray()) {
      wrong(where, "must be a list");
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
      wrong(where, "must be an object with a path");
      return Optional.empty();
    }
    Optional<EntryPath> path = bare ? path(node.stringValue(), where) : path(node, where);
    List<Sha256> contents = checksums(node.path("sha256"), where + ".sha256");
    Optional<String> link = text(node, "link", where + ".link");
    if (withContent && link.isEmpty() && contents.size() != 1) {
      wrong(where + ".sha256", "must be the file's SHA-256 checksum");
    }
    OptionalInt mode = mode(node, where + ".mode");
    JsonNode size = node.path("size");
    OptionalLong bytes =
        size.isIntegralNumber() ? OptionalLong.of(size.asLong()) : OptionalLong.empty();
    return path.map(p -> new Listed(p, contents, bytes, mode, link));
  }

  /** The bytes where the name is no text, otherwise the text. */
  private Optional<EntryPath> path(JsonNode node, String where) {
    Optional<String> encoded = text(node, "encoded_path", where + ".encoded_path");
    if (encoded.isPresent()) {
      try {
        return Optional.of(new EntryPath(encoded.get()));
      } catch (IllegalArgumentException e) {
        wrong(where + ".encoded_path", e.getMessage());
        return Optional.empty();
      }
    }
    Optional<String> text = text(node, "path", where + ".path");
    if (text.isEmpty()) {
      wrong(where + ".path", "is missing");
    }
    return text.flatMap(t -> path(t, where));
  }

  private Optional<EntryPath> path(String text, String where) {
    byte[] name = text.getBytes(StandardCharsets.UTF_8);
    Optional<String> refusal =
        text.isEmpty()
            ? Optional.of("the name is empty")
            : EntryNames.refusal(name, Limits.STANDARD);
    refusal.ifPresent(reason -> wrong(where, EntryNames.readable(name) + ": " + reason));
    return refusal.isPresent() ? Optional.empty() : Optional.of(EntryNames.path(name));
  }

  private List<Sha256> checksums(JsonNode node, String where) {
    List<Sha256> checksums = new ArrayList<>();
    for (JsonNode each : node.isArray() ? node : List.of(node)) {
      if (each.isMissingNode()) {
        continue;
      }
      try {
        checksums.add(new Sha256(each.isString() ? each.stringValue() : ""));
      } catch (IllegalArgumentException e) {
        wrong(where, "must be 64 lower-case hexadecimal digits");
      }
    }
    return checksums;
  }

  private OptionalInt mode(JsonNode node, String where) {
    JsonNode mode = node.path("mode");
    if (mode.isMissingNode()) {
      return OptionalInt.empty();
    }
    // As text only: is the number 755 meant as octal? Set-id bits have no place in a release.
    if (!mode.isString() || !MODE.matcher(mode.stringValue()).matches()) {
      wrong(where, "must be permission bits as text, for example \"0755\"");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(mode.stringValue(), 8));
  }

  private Optional<String> text(JsonNode node, String key, String where) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      wrong(where, "must be text");
      return Optional.empty();
    }
    return Optional.of(value.stringValue());
  }

  private void wrong(String where, String what) {
    String message = where.isEmpty() ? what : where + ": " + what;
    refusals.add(Problem.of(ErrorKind.SCHEMA_ERROR, file + ": " + message));
  }
}
