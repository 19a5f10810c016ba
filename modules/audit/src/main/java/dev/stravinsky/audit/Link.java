package dev.stravinsky.audit;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.audit.TrailHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * What makes a line a link of the chain, read from its fixed beginning and end without a JSON
 * parser.
 *
 * @param hash what the line says of itself
 * @param sound whether that is true
 */
record Link(long seq, String prevHash, String hash, boolean sound) {
  private static final byte[] START = ascii("{\"seq\":");
  private static final byte[] ID = ascii(",\"event_id\":");
  private static final byte[] BEHIND_ID = ascii(",\"timestamp\":");
  private static final byte[] PREVIOUS = ascii(",\"prev_hash\":\"");
  private static final byte[] HASH = ascii("\",\"hash\":\"");
  private static final byte[] END = ascii("\"}");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int DIGITS = 64;
  private static final int MAX_SEQ_DIGITS = 18;

  /** Empty if the line does not begin and end as an event does. */
  static Optional<Link> of(byte[] line) {
    int hashAt = line.length - END.length - DIGITS;
    int hashField = hashAt - HASH.length;
    int previousAt = hashField - DIGITS;
    int previousField = previousAt - PREVIOUS.length;
    boolean shaped =
        previousField > START.length
            && matches(line, 0, START)
            && matches(line, previousField, PREVIOUS)
            && isHex(line, previousAt)
            && matches(line, hashField, HASH)
            && isHex(line, hashAt)
            && matches(line, line.length - END.length, END);
    long seq = shaped ? seq(line) : 0;
    if (seq == 0) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.newDigest();
    digest.update(line, 0, hashField + 1);
    digest.update((byte) '}');
    return Optional.of(
        new Link(
            seq,
            text(line, previousAt, DIGITS),
            text(line, hashAt, DIGITS),
            isWritten(digest.digest(), line, hashAt)));
  }

  /** Whether the digits at this place are the digest's; no text is made of it, a million times. */
  private static boolean isWritten(byte[] digest, byte[] line, int at) {
    int different = 0;
    for (int i = 0; i < digest.length; i++) {
      different |= line[at + 2 * i] ^ HEX[digest[i] >> 4 & 0xf];
      different |= line[at + 2 * i + 1] ^ HEX[digest[i] & 0xf];
    }
    return different == 0;
  }

  TrailHead head() {
    return new TrailHead(seq, hash);
  }

  /** Whether it says of itself that it comes right after that event. */
  boolean follows(TrailHead before) {
    return seq == before.seq() + 1 && prevHash.equals(before.hash());
  }

  /**
   * The event id in the canonical bytes in which it stands in the line, quotes included, each byte
   * as a character; empty if there is none.
   */
  static String quotedId(byte[] line) {
    int at = START.length;
    while (at < line.length && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    int from = at + ID.length;
    if (!matches(line, at, ID) || from >= line.length || line[from] != '"') {
      return "";
    }
    int end = from + 1;
    while (end < line.length && line[end] != '"') {
      end += line[end] == '\\' ? 2 : 1;
    }
    return matches(line, end + 1, BEHIND_ID)
        ? new String(line, from, end + 1 - from, StandardCharsets.ISO_8859_1)
        : "";
  }

  private static long seq(byte[] line) {
    long seq = 0;
    int at = START.length;
    while (at < line.length && line[at] >= '0' && line[at] <= '9') {
      seq = seq * 10 + (line[at++] - '0');
      if (at - START.length > MAX_SEQ_DIGITS) {
        return 0;
      }
    }
    return at > START.length && line[START.length] != '0' && line[at] == ',' ? seq : 0;
  }

  private static boolean isHex(byte[] line, int at) {
    for (int i = at; i < at + DIGITS; i++) {
      boolean digit = line[i] >= '0' && line[i] <= '9' || line[i] >= 'a' && line[i] <= 'f';
      if (!digit) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(byte[] line, int at, byte[] wanted) {
    return at >= 0
        && at + wanted.length <= line.length
        && Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static String text(byte[] line, int at, int length) {
    return new String(line, at, length, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
