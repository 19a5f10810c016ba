package dev.stravinsky.api;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file's path relative to its target's root, as the bytes that it has on disk: names need not be
 * text in any encoding. Two paths are equal if their bytes are; the order is that of unsigned
 * bytes.
 *
 * @param encoded the bytes percent-encoded as in a URI's path (RFC 3986), {@code /} between names;
 *     empty for the root itself; never absolute, with no empty, {@code .} or {@code ..} name
 */
public record EntryPath(String encoded) implements Comparable<EntryPath> {
  /** The target's root. */
  public static final EntryPath ROOT = new EntryPath("");

  public EntryPath {
    Objects.requireNonNull(encoded);
    String refusal = refusal(encoded);
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal + ": " + encoded);
    }
  }

  /** The path of text, which stands for its UTF-8 bytes. */
  public static EntryPath of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The path of raw bytes, {@code /} between names. */
  public static EntryPath ofBytes(byte[] bytes) {
    return new EntryPath(PercentEncoding.encode(bytes));
  }

  /**
   * The path that leads from {@code root} to {@code file}, which must be {@code root} or below it.
   */
  public static EntryPath relativize(Path root, Path file) {
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException(file + " is not below " + root);
    }
    Path relative = root.relativize(file);
    if (relative.toString().isEmpty()) {
      return ROOT;
    }
    String text = relative.toString();
    if (PercentEncoding.isPlain(text) && relative.getFileSystem().getSeparator().equals("/")) {
      return new EntryPath(text);
    }
    if (isFaithful(relative, text)) {
      return of(text.replace(relative.getFileSystem().getSeparator(), "/"));
    }
    String base = rawPath(root.toAbsolutePath());
    String whole = rawPath(file.toAbsolutePath());
    return new EntryPath(
        PercentEncoding.encode(
            PercentEncoding.decode(
                whole.substring(base.endsWith("/") ? base.length() : base.length() + 1))));
  }

  /** The file of this path below {@code root}, whatever the locale. */
  public Path resolveIn(Path root) {
    if (encoded.isEmpty()) {
      return root;
    }
    Optional<String> text = text();
    if (text.isPresent()) {
      try {
        Path resolved = root.resolve(text.get());
        if (isFaithful(root.relativize(resolved), text.get())) {
          return resolved;
        }
      } catch (InvalidPathException e) {
        // The locale cannot say this name; the URI below keeps its bytes in every locale.
      }
    }
    String base = root.toUri().toString();
    return Path.of(URI.create(base + (base.endsWith("/") ? "" : "/") + encoded));
  }

  /** The bytes as they are on disk, {@code /} between names. */
  public byte[] bytes() {
    return PercentEncoding.decode(encoded);
  }

  /** The path as text where its bytes are UTF-8. */
  public Optional<String> text() {
    if (PercentEncoding.isPlain(encoded)) {
      return Optional.of(encoded);
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** For people: the text, or the encoded form; control characters are always encoded. */
  public String readable() {
    return PercentEncoding.isPlain(encoded)
        ? encoded
        : text().filter(t -> t.chars().noneMatch(Character::isISOControl)).orElse(encoded);
  }

  /** The last name, percent-encoded. */
  public String name() {
    return encoded.substring(encoded.lastIndexOf('/') + 1);
  }

  /** The folder it is in; of a path of one name, and of the root, the root. */
  public EntryPath parent() {
    int slash = encoded.lastIndexOf('/');
    return slash < 0 ? ROOT : new EntryPath(encoded.substring(0, slash));
  }

  /** Whether it is {@code other} or below it. */
  public boolean startsWith(EntryPath other) {
    return other.encoded.isEmpty()
        || encoded.equals(other.encoded)
        || encoded.startsWith(other.encoded + "/");
  }

  /** This path with another one below it. */
  public EntryPath resolve(EntryPath below) {
    if (encoded.isEmpty()) {
      return below;
    }
    return below.encoded.isEmpty() ? this : new EntryPath(encoded + "/" + below.encoded);
  }

  @Override
  public int compareTo(EntryPath other) {
    return PercentEncoding.compare(encoded, other.encoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryPath that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return readable();
  }

  /** Why the encoded form may not be a path inside a target; empty if it may. */
  private static String refusal(String encoded) {
    if (encoded.isEmpty()) {
      return "";
    }
    for (int from = 0; from <= encoded.length(); ) {
      int slash = encoded.indexOf('/', from);
      int to = slash < 0 ? encoded.length() : slash;
      if (to == from) {
        return "absolute path or empty name";
      }
      if (to - from <= 2 && encoded.charAt(from) == '.' && encoded.charAt(to - 1) == '.') {
        return "\"" + encoded.substring(from, to) + "\" leads out of the target";
      }
      from = to + 1;
    }
    if (PercentEncoding.isPlain(encoded)) {
      return "";
    }
    byte[] bytes = PercentEncoding.decode(encoded);
    for (byte b : bytes) {
      if (b == 0) {
        return "a name with a zero byte";
      }
    }
    return PercentEncoding.encode(bytes).equals(encoded) ? "" : "not in its canonical encoding";
  }

  private static boolean isFaithful(Path relative, String text) {
    return text.indexOf('\uFFFD') < 0
        && relative.equals(relative.getFileSystem().getPath(text))
        && relative.toString().equals(text.replace("/", relative.getFileSystem().getSeparator()));
  }

  private static String rawPath(Path absolute) {
    String schemeAndPath = absolute.toUri().getRawPath();
    return schemeAndPath.length() > 1 && schemeAndPath.endsWith("/")
        ? schemeAndPath.substring(0, schemeAndPath.length() - 1)
        : schemeAndPath;
  }
}
