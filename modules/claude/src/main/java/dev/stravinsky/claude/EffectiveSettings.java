package dev.stravinsky.claude;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.claude.SettingsFiles.SettingsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of all levels merged as Claude Code does: objects key by key, lists one after the
 * other without repetition, of single values the higher rank's. For people; the files themselves
 * are in the archive. A file that is no JSON object has no effect in Claude Code, and none here.
 */
final class EffectiveSettings {
  private static final String FILE = "settings.json";

  private EffectiveSettings() {}

  static Map<String, byte[]> of(List<TargetView> views) throws IOException {
    List<SettingsFile> files = SettingsFiles.in(views);
    if (files.isEmpty()) {
      return Map.of();
    }
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode merged = mapper.createObjectNode();
    for (SettingsFile file : files) {
      if (Presence.isRegularFile(file.node().content())) {
        merge(merged, Files.readAllBytes(file.node().content()), mapper);
      }
    }
    return Map.of(
        FILE, (mapper.writeValueAsString(merged) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void merge(ObjectNode merged, byte[] content, JsonMapper mapper) {
    try {
      if (mapper.readTree(content) instanceof ObjectNode object) {
        merge(merged, object);
      }
    } catch (JacksonException e) {
      // Claude Code leaves such a file out, too.
    }
  }

  private static void merge(ObjectNode low, ObjectNode high) {
    for (Map.Entry<String, JsonNode> property : high.properties()) {
      JsonNode below = low.get(property.getKey());
      if (below instanceof ObjectNode lowObject
          && property.getValue() instanceof ObjectNode highObject) {
        merge(lowObject, highObject);
      } else if (below instanceof ArrayNode lowList
          && property.getValue() instanceof ArrayNode highList) {
        low.set(property.getKey(), joined(lowList, highList));
      } else {
        low.set(property.getKey(), property.getValue());
      }
    }
  }

  private static ArrayNode joined(ArrayNode low, ArrayNode high) {
    Set<JsonNode> once = new LinkedHashSet<>();
    low.forEach(once::add);
    high.forEach(once::add);
    return low.arrayNode().addAll(once);
  }
}
