package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a {@code release.json} that says everything of a release; the same release, the same
 * bytes.
 */
final class DescriptorWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DescriptorWriter() {}

  static byte[] write(Release release) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("name", release.name());
    root.put("version", release.version().value());
    ArrayNode commands = root.putObject("requires").putArray("commands");
    release.requiredCommands().forEach(commands::add);
    ArrayNode files = root.putArray("files");
    for (ReleaseFile file : release.files()) {
      ObjectNode node = files.addObject();
      path(node, Placement.inRelease(file.target(), file.path()));
      state(node, file.state());
    }
    ArrayNode deletes = root.putArray("delete");
    for (Release.Deletion deletion : release.deletes()) {
      ObjectNode node = deletes.addObject();
      path(node, Placement.inRelease(deletion.target(), deletion.path()));
      ArrayNode contents = node.putArray("sha256");
      deletion.contents().stream().map(Sha256::hex).forEach(contents::add);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static void path(ObjectNode node, EntryPath path) {
    node.put("path", path.readable());
    if (!path.text().equals(java.util.Optional.of(path.readable()))) {
      node.put("encoded_path", path.encoded());
    }
  }

  private static void state(ObjectNode node, EntryState state) {
    switch (state) {
      case EntryState.Regular regular -> {
        node.put("sha256", regular.sha256().hex());
        node.put("size", regular.sizeBytes());
        node.put("mode", String.format("%04o", regular.mode()));
      }
      case EntryState.Link link -> node.put("link", link.target());
      default -> throw new IllegalArgumentException("no state of a release's file: " + state);
    }
  }
}
