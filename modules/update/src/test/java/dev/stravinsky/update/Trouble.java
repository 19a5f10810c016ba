package dev.stravinsky.update;

import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import dev.stravinsky.testkit.WebServer.Answer;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;

/** What servers do to those who fetch a file, and how it has to end. */
enum Trouble {
  CUT_THREE_TIMES,
  RESET,
  STALLED_ONCE,
  SLOW,
  BUSY,
  MOVED,
  CHANGED_BETWEEN_RANGES,
  CHANGED_UNDER_ONE_TAG,
  CUT_WITHOUT_RANGES,
  WRONG_LENGTH("bytes, not"),
  SHORT("cut"),
  WRONG_CHECKSUM("SHA-256"),
  MISSING("status 404"),
  FORBIDDEN("status 403"),
  BROKEN("status 500"),
  ALWAYS_STALLED("came in"),
  ENDLESS("more than"),
  CIRCLE("more than 10");

  private static final String TAG = "\"tag\"";

  private final Optional<String> words;

  /** One after which the file is whole all the same. */
  Trouble() {
    this.words = Optional.empty();
  }

  /**
   * One that ends the download.
   *
   * @param words are said of it
   */
  Trouble(String words) {
    this.words = Optional.of(words);
  }

  /** What is said of it, if it ends the download. */
  Optional<String> words() {
    return words;
  }

  /** The file with this trouble, for one download. */
  WebServer.Page page(byte[] content, Random random) {
    byte[] other = new byte[content.length];
    random.nextBytes(other);
    int at = 1 + random.nextInt(content.length - 1);
    ServedFile file = new ServedFile(content).replace(content, TAG);
    return switch (this) {
      case CUT_THREE_TIMES ->
          file.cutAfter(random.ints(3, 1, Math.max(2, content.length / 4)).toArray());
      case RESET ->
          first(
              file, a -> a.head(200, content.length, "ETag: " + TAG).body(content, 0, at).reset());
      case STALLED_ONCE ->
          first(
              file, a -> a.head(200, content.length, "ETag: " + TAG).body(content, 0, at).stall());
      case SLOW -> (request, answer) -> slow(answer, content);
      case BUSY -> first(file, a -> a.head(503, 0, "Retry-After: 0"));
      case MOVED -> first(file, a -> a.head(302, 0, "Location: ?moved"));
      case CHANGED_BETWEEN_RANGES ->
          first(file, a -> a.head(200, content.length, "ETag: \"old\"").body(other, 0, at));
      case CHANGED_UNDER_ONE_TAG ->
          first(file, a -> a.head(200, content.length, "ETag: " + TAG).body(other, 0, at));
      case CUT_WITHOUT_RANGES -> file.anonymous().cutAfter(at);
      case WRONG_LENGTH -> (r, a) -> a.head(200, content.length + 1).body(content);
      case SHORT -> (r, a) -> a.head(200).body(content, 0, at);
      case WRONG_CHECKSUM -> new ServedFile(other);
      case MISSING -> (r, a) -> a.head(404, 0);
      case FORBIDDEN -> (r, a) -> a.head(403, 0);
      case BROKEN -> (r, a) -> a.head(500, 0);
      case ALWAYS_STALLED -> (r, a) -> a.head(200, content.length).body(content, 0, 1).stall();
      case ENDLESS -> (r, a) -> endless(a, content);
      case CIRCLE -> (r, a) -> a.head(307, 0, "Location: " + r.target());
    };
  }

  private interface Answering {
    void to(Answer answer) throws IOException;
  }

  /** This answer to the first request, the file to the others. */
  private static WebServer.Page first(ServedFile file, Answering answering) {
    boolean[] asked = new boolean[1];
    return (request, answer) -> {
      boolean before;
      synchronized (asked) {
        before = asked[0];
        asked[0] = true;
      }
      if (before) {
        file.answer(request, answer);
      } else {
        answering.to(answer);
      }
    };
  }

  private static void slow(Answer answer, byte[] content) throws IOException {
    answer.head(200, content.length);
    int parts = 8;
    for (int i = 0; i < parts; i++) {
      int from = i * content.length / parts;
      answer.body(content, from, (i + 1) * content.length / parts - from);
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void endless(Answer answer, byte[] content) throws IOException {
    answer.head(200);
    while (true) {
      answer.body(content);
    }
  }
}
