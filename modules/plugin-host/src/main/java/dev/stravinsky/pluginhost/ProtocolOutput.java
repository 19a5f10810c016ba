package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The host's answers: one JSON object a line, whole lines only, from any thread. */
final class ProtocolOutput {
  private final OutputStream out;

  ProtocolOutput(OutputStream out) {
    this.out = out;
  }

  static ObjectNode message(String type) {
    return JsonMapper.shared().createObjectNode().put("type", type);
  }

  /** A reader that has gone is no error: the end of standard input says so as well. */
  synchronized void send(ObjectNode message) {
    byte[] text = JsonMapper.shared().writeValueAsBytes(message);
    byte[] line = new byte[text.length + 1];
    System.arraycopy(text, 0, line, 0, text.length);
    line[text.length] = '\n';
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }
}
