package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names a release's entries may have. The rules are those of every system at once: a release
 * made on one is installed on another, and a backslash is a separator on one of them.
 */
final class EntryNames {
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);

  private EntryNames() {}

  /** Why an entry of this name is refused; empty if it may be. */
  static Optional<String> refusal(byte[] written, Limits limits) {
    if (written.length > limits.nameBytes()) {
      return Optional.of("the name is longer than " + limits.nameBytes() + " bytes");
    }
    String name = new String(written, StandardCharsets.ISO_8859_1);
    if (name.indexOf('\0') >= 0) {
      return Optional.of("the name has a zero byte");
    }
    if (name.indexOf('\\') >= 0) {
      return Optional.of("the name has a backslash");
    }
    if (name.startsWith("/")) {
      return Optional.of("the name is an absolute path");
    }
    if (DRIVE.matcher(name).matches()) {
      return Optional.of("the name begins with a drive letter");
    }
    return stepRefusal(plain(name));
  }

  /** The path that a name without {@link #refusal} stands for; the root for {@code ./}. */
  static EntryPath path(byte[] written) {
    String plain = plain(new String(written, StandardCharsets.ISO_8859_1));
    return plain.isEmpty()
        ? EntryPath.ROOT
        : EntryPath.ofBytes(plain.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A link's target in the encoding of {@link dev.stravinsky.api.LinkTargets}. */
  static String encodeLink(byte[] written) {
    String text = new String(written, StandardCharsets.ISO_8859_1);
    List<String> steps = new ArrayList<>();
    for (String step : text.split("/")) {
      if (step.equals(".") || step.equals("..")) {
        steps.add(step);
      } else if (!step.isEmpty()) {
        steps.add(EntryPath.ofBytes(step.getBytes(StandardCharsets.ISO_8859_1)).encoded());
      }
    }
    return (text.startsWith("/") ? "/" : "") + String.join("/", steps);
  }

  /** The bytes of such a target; the reverse of {@link #encodeLink}. */
  static byte[] decodeLink(String encoded) {
    List<String> steps = new ArrayList<>();
    for (String step : encoded.split("/", -1)) {
      boolean plain = step.isEmpty() || step.equals(".") || step.equals("..");
      steps.add(
          plain ? step : new String(new EntryPath(step).bytes(), StandardCharsets.ISO_8859_1));
    }
    return String.join("/", steps).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** For messages: what a person can read of a name, whatever is in it. */
  static String readable(byte[] written) {
    StringBuilder out = new StringBuilder();
    String text = new String(written, StandardCharsets.UTF_8);
    text.chars()
        .limit(200)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                out.append(String.format("\\x%02x", c));
              } else {
                out.append((char) c);
              }
            });
    return text.length() > 200 ? out + "..." : out.toString();
  }

  private static Optional<String> stepRefusal(String plain) {
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    List<String> steps = Arrays.asList(plain.split("/", -1));
    if (steps.contains("..")) {
      return Optional.of("\"..\" leads out of its folder");
    }
    return steps.contains(".") || steps.contains("")
        ? Optional.of("the name has an empty or \".\" step")
        : Optional.empty();
  }

  /** Without the {@code ./} that tar puts before and the slash that marks a directory. */
  private static String plain(String name) {
    String plain = name;
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    if (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain.equals(".") ? "" : plain;
  }
}
