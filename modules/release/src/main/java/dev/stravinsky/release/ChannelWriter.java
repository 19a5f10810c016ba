package dev.stravinsky.release;

import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.release.ChannelDocument.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@code channel.json}; the same channel, the same bytes. */
final class ChannelWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChannelWriter() {}

  static byte[] write(ChannelDocument channel) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("name", channel.name());
    root.put("counter", channel.counter());
    channel.expires().ifPresent(time -> root.put("expires", time.toString()));
    if (!channel.keys().isEmpty()) {
      ArrayNode keys = root.putArray("keys");
      channel.keys().stream().map(PublicKey::text).forEach(keys::add);
    }
    ArrayNode releases = root.putArray("releases");
    channel.entries().forEach(entry -> write(entry, releases.addObject()));
    byte[] text =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(root)
            .getBytes(StandardCharsets.UTF_8);
    byte[] withNewline = Arrays.copyOf(text, text.length + 1);
    withNewline[text.length] = '\n';
    return withNewline;
  }

  private static void write(Entry entry, ObjectNode node) {
    node.put("version", entry.version().value());
    node.put("url", entry.url());
    node.put("size", entry.sizeBytes());
    node.put("sha256", entry.sha256().hex());
    node.put("release_json_sha256", entry.descriptor().hex());
    entry.published().ifPresent(time -> node.put("published", time.toString()));
    if (!entry.notes().isEmpty()) {
      node.put("notes", entry.notes());
    }
    entry.withdrawn().ifPresent(reason -> node.put("withdrawn", reason));
  }
}
