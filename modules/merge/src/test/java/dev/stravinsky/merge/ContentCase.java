package dev.stravinsky.merge;

import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A case of a table, in the form that {@code texts.txt} describes.
 *
 * @param reason what the reason must have in it
 */
record ContentCase(
    String name,
    String file,
    ConflictPolicy policy,
    Optional<byte[]> base,
    byte[] yours,
    byte[] release,
    Outcome outcome,
    String reason,
    byte[] result) {

  static List<ContentCase> read(String table) throws IOException {
    String text;
    try (InputStream in = ContentCase.class.getResourceAsStream(table)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<ContentCase> cases = new ArrayList<>();
    for (String each : text.split("\n### ")) {
      if (each.contains("\n<<< ")) {
        cases.add(parse(each));
      }
    }
    return cases;
  }

  private static ContentCase parse(String text) {
    String[] parts = text.split("\n<<< ");
    String[] head = parts[0].split(" \\| ");
    String[] ending = firstLine(parts[4]).split(" ", 2);
    // The empty line between two cases is none of the file's.
    String last = parts[4].endsWith("\n") ? parts[4].substring(0, parts[4].length() - 1) : parts[4];
    return new ContentCase(
        head[0],
        head[1],
        ConflictPolicy.valueOf(head[2]),
        firstLine(parts[1]).equals("none") ? Optional.empty() : Optional.of(content(parts[1])),
        content(parts[2]),
        content(parts[3]),
        Outcome.valueOf(ending[0]),
        ending.length > 1 ? ending[1] : "",
        content(last));
  }

  private static String firstLine(String part) {
    int end = part.indexOf('\n');
    return end < 0 ? part : part.substring(0, end);
  }

  private static byte[] content(String part) {
    int end = part.indexOf('\n');
    String lines = end < 0 ? "" : part.substring(end + 1) + "\n";
    String plain = lines.replace("<CR>", "\r").replace("<NUL>", "\0").replace("<NOEOL>\n", "");
    // A byte that is no UTF-8 has to stay one.
    String bytes = new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return bytes.replace("<FF>", "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
  }
}
