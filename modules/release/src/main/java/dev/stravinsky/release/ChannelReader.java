package dev.stravinsky.release;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.release.ChannelDocument.Entry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a {@code channel.json}; everything that is wrong with it is told at once. */
final class ChannelReader {
  private static final String RELEASES = "releases";

  private final JsonFields fields;

  private ChannelReader(String file) {
    this.fields = new JsonFields(file);
  }

  /**
   * The channel.
   *
   * @param file how the file is called in messages
   * @throws dev.stravinsky.api.error.RefusedException naming each wrong field
   */
  static ChannelDocument read(byte[] content, String file) {
    ChannelReader reader = new ChannelReader(file);
    Optional<ChannelDocument> document = reader.document(reader.fields.root(content));
    reader.fields.orThrow();
    return document.orElseThrow();
  }

  /** Empty after a fault was noted. */
  private Optional<ChannelDocument> document(JsonNode root) {
    Optional<String> name = required(root, "name", "name");
    JsonNode counter = root.path("counter");
    boolean counts =
        counter.isIntegralNumber()
            && counter.canConvertToLong()
            && counter.asLong() >= 1
            && counter.asLong() <= ChannelDocument.MAX_COUNTER;
    if (!counts) {
      fields.wrong("counter", "must be a whole number from 1 on");
    }
    Optional<Instant> expires = instant(root, "expires", "expires");
    List<PublicKey> keys = keys(root.path("keys"));
    List<Entry> entries = entries(root.path(RELEASES));
    return name.isEmpty() || !counts
        ? Optional.empty()
        : Optional.of(new ChannelDocument(name.get(), counter.asLong(), expires, keys, entries));
  }

  private List<PublicKey> keys(JsonNode node) {
    List<PublicKey> keys = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      fields.wrong("keys", "must be a list of signify public keys");
      return keys;
    }
    for (JsonNode each : node) {
      if (each.isString() && PublicKey.isValid(each.stringValue())) {
        keys.add(new PublicKey(each.stringValue()));
      } else {
        fields.wrong("keys", "must be a list of signify public keys, which begin with RW");
      }
    }
    return keys;
  }

  private List<Entry> entries(JsonNode node) {
    List<Entry> entries = new ArrayList<>();
    if (!node.isArray()) {
      fields.wrong(RELEASES, "must be a list");
      return entries;
    }
    Set<Version> seen = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      String where = RELEASES + "[" + i + "]";
      Optional<Entry> entry = entry(node.get(i), where);
      if (entry.isPresent() && !seen.add(entry.get().version())) {
        fields.wrong(where + ".version", entry.get().version() + " is there twice");
      }
      entry.ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<Entry> entry(JsonNode node, String where) {
    Optional<Version> version = fields.version(node, where + ".version");
    if (!node.path("version").isString()) {
      fields.wrong(where + ".version", "is missing");
    }
    Optional<String> url = required(node, "url", where + ".url");
    JsonNode size = node.path("size");
    boolean sized = size.isIntegralNumber() && size.canConvertToLong() && size.asLong() > 0;
    if (!sized) {
      fields.wrong(where + ".size", "must be the archive's size in bytes");
    }
    Optional<Sha256> sha256 = checksum(node, "sha256", where);
    Optional<Sha256> descriptor = checksum(node, "release_json_sha256", where);
    Optional<Instant> published = instant(node, "published", where + ".published");
    Optional<String> notes = fields.text(node, "notes", where + ".notes");
    Optional<String> withdrawn = fields.text(node, "withdrawn", where + ".withdrawn");
    return version.isEmpty() || url.isEmpty() || sha256.isEmpty() || descriptor.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Entry(
                version.get(),
                url.get(),
                size.asLong(0),
                sha256.get(),
                descriptor.get(),
                published,
                notes.orElse(""),
                withdrawn));
  }

  private Optional<Sha256> checksum(JsonNode node, String key, String where) {
    List<Sha256> checksums = fields.checksums(node.path(key), where + "." + key);
    if (node.path(key).isMissingNode() || node.path(key).isArray()) {
      fields.wrong(where + "." + key, "must be a SHA-256 checksum");
      return Optional.empty();
    }
    return checksums.stream().findFirst();
  }

  private Optional<String> required(JsonNode node, String key, String where) {
    Optional<String> text = fields.text(node, key, where);
    if (node.path(key).isMissingNode()) {
      fields.wrong(where, "is missing");
    } else if (text.isPresent() && text.get().isBlank()) {
      fields.wrong(where, "is empty");
    }
    return text;
  }

  private Optional<Instant> instant(JsonNode node, String key, String where) {
    Optional<String> text = fields.text(node, key, where);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeParseException e) {
      fields.wrong(where, "must be a time such as 2027-01-31T00:00:00Z");
      return Optional.empty();
    }
  }
}
