package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/** The host's answers: one JSON object a line, whole lines only, from any thread. */
final class ProtocolOutput {
  private final OutputStream out;

  ProtocolOutput(OutputStream out) {
    this.out = out;
  }

  static ObjectNode message(String type) {
    return ProtocolJson.object().put("type", type);
  }

  /** A reader that has gone is no error: the end of standard input says so as well. */
  synchronized void send(ObjectNode message) {
    try {
      out.write(ProtocolJson.line(message));
      out.flush();
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }
}
