package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hook's content, and what it is written in.
 *
 * @param language what checks it
 * @param dialect the program that its first line names, or the one that its name stands for
 */
public record Script(SourceFile file, Language language, String dialect, byte[] content) {
  private static final Pattern REQUIRES_PYTHON =
      Pattern.compile("(?m)^#\\s*requires-python\\s*=\\s*[\"']>=\\s*3\\.(\\d+)");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash");
  private static final int HEAD_BYTES = 4096;

  /** What a file can be written in. */
  public enum Language {
    PYTHON,
    SHELL,
    JAVASCRIPT,
    JSON,
    YAML,
    TOML,
    /** A program in a language that is not checked. */
    OTHER,
    /** No program: Markdown, data, anything. */
    NONE
  }

  /** Finds out what a file is written in: by its name, else by its first line. */
  public static Script of(SourceFile file, byte[] content) {
    String extension = file.extension();
    Optional<String> shebang = Shebang.of(content).flatMap(Shebang::interpreterName);
    Language byName = byExtension(extension);
    if (byName == Language.NONE && shebang.isPresent() && isProgramName(extension)) {
      return new Script(file, byInterpreter(shebang.get()), shebang.get(), content);
    }
    String usual =
        switch (byName) {
          case PYTHON -> "python3";
          case SHELL -> extension.equals("sh") ? shebang.orElse("bash") : "bash";
          case JAVASCRIPT -> extension;
          default -> extension;
        };
    boolean named = byName == Language.PYTHON || byName == Language.SHELL;
    Language language =
        named && shebang.isPresent() && byInterpreter(shebang.get()) == Language.OTHER
            ? Language.OTHER
            : byName;
    return new Script(file, language, named ? shebang.orElse(usual) : usual, content);
  }

  /** The least minor version of Python 3 that the script asks for in its metadata (PEP 723). */
  OptionalInt requiredPython() {
    Matcher matcher = REQUIRES_PYTHON.matcher(head(content));
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  boolean hasZeroByte() {
    for (byte b : content) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /** Written out: what a record is given is linked at its first use, in 4 ms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Script that
        && file.equals(that.file)
        && language == that.language
        && dialect.equals(that.dialect)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return file.live().hashCode();
  }

  private static Language byExtension(String extension) {
    return switch (extension) {
      case "py" -> Language.PYTHON;
      case "sh", "bash" -> Language.SHELL;
      case "js", "cjs", "mjs" -> Language.JAVASCRIPT;
      case "json" -> Language.JSON;
      case "yaml", "yml" -> Language.YAML;
      case "toml" -> Language.TOML;
      case "ts", "mts", "cts", "rb", "pl", "php", "lua", "ps1", "zsh", "fish", "ksh" ->
          Language.OTHER;
      default -> Language.NONE;
    };
  }

  /** A file of another known kind is not a program because it begins with {@code #!}. */
  private static boolean isProgramName(String extension) {
    return !Set.of("md", "markdown", "txt", "log").contains(extension);
  }

  private static Language byInterpreter(String name) {
    if (name.startsWith("python3") || name.equals("python") || name.equals("uv")) {
      return Language.PYTHON;
    }
    if (SHELLS.contains(name)) {
      return Language.SHELL;
    }
    return name.equals("node") || name.equals("nodejs") ? Language.JAVASCRIPT : Language.OTHER;
  }

  private static String head(byte[] content) {
    return new String(
        content, 0, Math.min(content.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
  }
}
