package dev.stravinsky.api.audit;

/**
 * The last event's place and hash: a witness of the whole trail up to it.
 *
 * @param seq 0 for an empty trail
 * @param hash 64 hexadecimal digits; zeros for an empty trail
 */
public record TrailHead(long seq, String hash) {
  /** The head of a trail without events. */
  public static final TrailHead EMPTY = new TrailHead(0, "0".repeat(64));
}
