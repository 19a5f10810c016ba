package dev.stravinsky.chaos.toxiproxy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways in which a toxic spoils a connection, with the attributes that each has. */
enum ToxicType {
  /** Each chunk comes {@code latency} ms later, give or take {@code jitter}. */
  LATENCY("latency", "jitter"),
  /** At most {@code rate} kilobytes a second; with 0 nothing passes. */
  BANDWIDTH("rate"),
  /** The end comes {@code delay} ms later. */
  SLOW_CLOSE("delay"),
  /** Nothing passes, and after {@code timeout} ms the connection is closed; with 0 never. */
  TIMEOUT("timeout"),
  /** Nothing passes, and after {@code timeout} ms the connection is reset. */
  RESET_PEER("timeout"),
  /** Pieces of {@code average_size} bytes, {@code delay} microseconds apart. */
  SLICER("average_size", "size_variation", "delay"),
  /** After {@code bytes} bytes the connection is closed. */
  LIMIT_DATA("bytes");

  private final List<String> attributes;

  ToxicType(String... attributes) {
    this.attributes = List.of(attributes);
  }

  /** As the interface names it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> attributes() {
    return attributes;
  }

  static Optional<ToxicType> of(String id) {
    return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
  }
}
