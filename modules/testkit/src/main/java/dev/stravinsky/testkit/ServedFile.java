package dev.stravinsky.testkit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as good web servers serve it: with an ETag, and in parts to those who ask for a part of
 * the same file (RFC 9110: {@code Range}, {@code If-Range}). It can be told to cut its answers off,
 * and be replaced between two of them.
 */
public final class ServedFile implements WebServer.Page {
  private static final Pattern FROM = Pattern.compile("bytes=([0-9]+)-");

  private final Deque<Integer> cuts = new ArrayDeque<>();
  private byte[] content;
  private List<String> headers;
  private String validator;

  /** With an ETag. */
  public ServedFile(byte[] content) {
    replace(content, "\"first\"");
  }

  /** Each of the next answers is cut off after so many bytes of the file, one after the other. */
  public synchronized ServedFile cutAfter(int... bytes) {
    for (int each : bytes) {
      cuts.add(each);
    }
    return this;
  }

  /** From now on it is another file. */
  public synchronized ServedFile replace(byte[] newContent, String etag) {
    content = newContent.clone();
    validator = etag;
    headers = List.of("ETag: " + etag);
    return this;
  }

  /** In place of the ETag: these times, and so no tag. */
  public synchronized ServedFile dated(String lastModified, String now) {
    validator = lastModified;
    headers = List.of("Last-Modified: " + lastModified, "Date: " + now);
    return this;
  }

  /** Nothing by which two versions could be told apart. */
  public synchronized ServedFile anonymous() {
    validator = "";
    headers = List.of();
    return this;
  }

  @Override
  public synchronized void answer(WebServer.Request request, WebServer.Answer answer)
      throws IOException {
    Optional<Integer> from = from(request);
    int start = from.orElse(0);
    List<String> all = new ArrayList<>(headers);
    if (from.isPresent() && start >= content.length) {
      answer.head(416, 0, "Content-Range: bytes */" + content.length);
      return;
    }
    from.ifPresent(
        first ->
            all.add(
                "Content-Range: bytes "
                    + first
                    + "-"
                    + (content.length - 1)
                    + "/"
                    + content.length));
    int length = content.length - start;
    answer.head(from.isPresent() ? 206 : 200, length, all.toArray(String[]::new));
    int sent = cuts.isEmpty() ? length : Math.min(length, cuts.remove());
    answer.body(content, start, sent);
  }

  private Optional<Integer> from(WebServer.Request request) {
    if (validator.isEmpty()
        || request.header("if-range").filter(it -> !it.equals(validator)).isPresent()) {
      return Optional.empty();
    }
    return request
        .header("range")
        .map(FROM::matcher)
        .filter(Matcher::matches)
        .map(m -> Integer.parseInt(m.group(1)));
  }
}
