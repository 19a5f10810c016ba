package dev.stravinsky.cli.command;

import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A channel for programs. */
final class ChannelJson {
  private ChannelJson() {}

  /** A document of it, to which more may be added. */
  static Map<String, Object> document(Channel channel) {
    Map<String, Object> json = Json.document();
    json.put("channel", channel.name());
    json.put("location", channel.location());
    json.put("counter", channel.counter());
    json.put("expires", channel.expires());
    json.put("signature", SignatureText.json(channel.signature()));
    json.put("releases", channel.offers().reversed().stream().map(ChannelJson::offer).toList());
    return json;
  }

  static Map<String, Object> offer(Offer offer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", offer.version());
    json.put("size_bytes", offer.sizeBytes());
    json.put("sha256", offer.sha256());
    json.put("published", offer.published());
    json.put("notes", offer.notes());
    json.put("withdrawn", offer.withdrawn());
    return json;
  }
}
