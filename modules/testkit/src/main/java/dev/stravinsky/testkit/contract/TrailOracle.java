package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the trail's files with a few lines of its own, and shares no code with what wrote them. */
public final class TrailOracle {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\{\"seq\":(\\d+),\"event_id\":\"([^\"]*)\",.*,\"prev_hash\":\"([0-9a-f]{64})\")"
              + ",\"hash\":\"([0-9a-f]{64})\"}");

  private TrailOracle() {}

  /** Every line, those of the archive first. */
  public static List<String> lines(Home home) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path part : parts(home.audit().resolve("archive"))) {
      lines.addAll(linesOf(part));
    }
    if (Files.exists(home.operationsLog())) {
      lines.addAll(Files.readAllLines(home.operationsLog()));
    }
    return lines;
  }

  /** In their order. A kill may leave one that is not packed yet, both ways, or half packed. */
  private static List<Path> parts(Path archive) throws IOException {
    if (!Files.isDirectory(archive)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(archive)) {
      List<Path> parts = all.filter(part -> !name(part).startsWith(".")).sorted().toList();
      return parts.stream()
          .filter(part -> !parts.contains(part.resolveSibling(name(part) + ".gz")))
          .toList();
    }
  }

  private static String name(Path part) {
    return part.getFileName().toString();
  }

  private static List<String> linesOf(Path part) throws IOException {
    try (InputStream in = Files.newInputStream(part);
        InputStream plain = name(part).endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /**
   * The event ids in the order of the trail.
   *
   * @throws AssertionError if the lines are not one unbroken chain
   */
  public static List<String> eventIds(Home home) throws IOException {
    return eventIds(lines(home));
  }

  /**
   * The same, where the last line may be torn: a crash came while it was written, and nothing was
   * written since.
   */
  public static List<String> eventIdsBeforeTornTail(Home home) throws IOException {
    List<String> lines = lines(home);
    boolean torn = !lines.isEmpty() && !LINE.matcher(lines.getLast()).matches();
    return eventIds(torn ? lines.subList(0, lines.size() - 1) : lines);
  }

  private static List<String> eventIds(List<String> lines) {
    List<String> ids = new ArrayList<>();
    String previous = "";
    long seq = 0;
    for (String line : lines) {
      Matcher parts = LINE.matcher(line);
      require(parts.matches(), "not an event: " + line);
      require(sha256(parts.group(1) + "}").equals(parts.group(5)), "wrong hash: " + line);
      if (previous.isEmpty()) {
        require(
            !parts.group(2).equals("1") || parts.group(4).equals("0".repeat(64)),
            "event 1 follows another one");
      } else {
        require(parts.group(4).equals(previous), "the chain breaks before: " + line);
        require(Long.parseLong(parts.group(2)) == seq + 1, "a gap before: " + line);
      }
      seq = Long.parseLong(parts.group(2));
      previous = parts.group(5);
      ids.add(parts.group(3));
    }
    return ids;
  }

  /** The same line with the hash that it would have to have. */
  public static String rehashed(String line) {
    String body = line.substring(0, line.lastIndexOf(",\"hash\":\""));
    return body + ",\"hash\":\"" + sha256(body + "}") + "\"}";
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void require(boolean truth, String otherwise) {
    if (!truth) {
      throw new AssertionError(otherwise);
    }
  }
}
