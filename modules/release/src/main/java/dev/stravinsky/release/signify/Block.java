package dev.stravinsky.release.signify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A comment line and a line of Base64: all that a file of signify's is made of.
 *
 * @param comment what follows {@code untrusted comment: }; nothing vouches for it
 */
record Block(String comment, byte[] data) {
  private static final String LEAD = "untrusted comment: ";
  private static final int MAX_COMMENT = 1023;

  /**
   * Every block of a file, in order.
   *
   * @throws MalformedException naming the line
   */
  static List<Block> read(byte[] content) {
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      String comment = lines.get(i);
      if (!comment.startsWith(LEAD) || comment.length() > LEAD.length() + MAX_COMMENT) {
        throw new MalformedException(i + 1, "must begin with \"" + LEAD.strip() + "\"");
      }
      if (i + 1 == lines.size()) {
        throw new MalformedException(i + 2, "is missing");
      }
      blocks.add(new Block(comment.substring(LEAD.length()), decoded(lines.get(i + 1), i + 2)));
    }
    if (blocks.isEmpty()) {
      throw new MalformedException(1, "is missing");
    }
    return blocks;
  }

  private static byte[] decoded(String line, int number) {
    try {
      return Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(number, "is not Base64");
    }
  }

  /** The block as a file has it. */
  byte[] write() {
    String text = LEAD + comment + "\n" + Base64.getEncoder().encodeToString(data) + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
