package dev.stravinsky.release;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.JsonFault;
import dev.stravinsky.api.error.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the fields of one JSON document; everything that is wrong with it is told at once. */
final class JsonFields {
  private static final BigInteger FORMAT = BigInteger.ONE;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final Refusals refusals = new Refusals();

  /**
   * @param file how the document is called in messages
   */
  JsonFields(String file) {
    this.file = file;
  }

  /** The document, which is an object of a format that this program knows. */
  JsonNode root(byte[] content) {
    JsonNode root = parse(content);
    JsonNode format = root.path("format");
    if (!format.isIntegralNumber() || format.bigIntegerValue().signum() < 1) {
      wrong("format", "must be " + FORMAT);
    } else if (!format.bigIntegerValue().equals(FORMAT)) {
      wrong("format", "is " + format + ", newer than this program knows; update it first");
      refusals.orThrow(); // Nothing else in it can be judged.
    }
    return root;
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
          Problem.of(
              ErrorKind.PARSE_ERROR,
              where + ": not JSON: " + JsonFault.sentence(e.getOriginalMessage())));
    }
    refusals.orThrow();
    throw new IllegalStateException("a refusal was noted");
  }

  /** Throws if anything was wrong. */
  void orThrow() {
    refusals.orThrow();
  }

  void wrong(String where, String what) {
    String message = where.isEmpty() ? what : where + ": " + what;
    refusals.add(Problem.of(ErrorKind.SCHEMA_ERROR, file + ": " + message));
  }

  Optional<String> text(JsonNode node, String key, String where) {
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

  Optional<Version> version(JsonNode node, String where) {
    Optional<String> text = text(node, "version", where);
    if (text.isPresent() && !Version.isValid(text.get())) {
      wrong(where, "\"" + text.get() + "\" is not a version");
      return Optional.empty();
    }
    return text.map(Version::new);
  }

  /** A whole number of bytes, if it is there. */
  OptionalLong size(JsonNode node, String where) {
    JsonNode size = node.path("size");
    if (size.isMissingNode()) {
      return OptionalLong.empty();
    }
    boolean right = size.isIntegralNumber() && size.canConvertToLong() && size.asLong() >= 0;
    if (!right) {
      wrong(where, "must be a size in bytes");
    }
    return right ? OptionalLong.of(size.asLong()) : OptionalLong.empty();
  }

  /** One checksum, or each of a list. */
  List<Sha256> checksums(JsonNode node, String where) {
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
}
