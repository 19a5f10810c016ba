package dev.stravinsky.chaos.toxiproxy;

import java.util.Map;

/**
 * A toxic as it is configured.
 *
 * @param name unique within its proxy
 * @param toxicity the share of connections that it is in force on, from 0 to 1
 * @param attributes each one of its type's
 */
record Toxic(
    String name, ToxicType type, Direction stream, double toxicity, Map<String, Long> attributes) {
  Toxic {
    attributes = Map.copyOf(attributes);
  }

  /** Which way the bytes go. */
  enum Direction {
    /** From the client to the server behind the proxy. */
    UPSTREAM,
    /** From that server to the client. */
    DOWNSTREAM
  }

  long attribute(String attribute) {
    return attributes.get(attribute);
  }

  Toxic with(double newToxicity, Map<String, Long> newAttributes) {
    return new Toxic(name, type, stream, newToxicity, newAttributes);
  }
}
