package dev.stravinsky.api;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what looks like a secret in text that people or other machines get to see. */
public final class Redaction {
  /** What stands in a secret's place. */
  public static final String HIDDEN = "***";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(passw(or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
              + "|credential|authorization|cookie).*");

  /** {@code name=value} and {@code name: value} with a name as above. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)((?<![\\w-])[\"']?[\\w-]{0,40}?(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key"
              + "|private[_-]?key|credential|authorization)[\\w-]{0,40}[\"']?\\s*[=:]\\s*)"
              + "(\"[^\"]*(?:\"|\\z)|'[^']*(?:'|\\z)|(?:bearer|basic)\\s+\\S+|[^\\s,;&\"'}]+)");

  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}");

  /** User and password in an address. */
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s@]+@");

  /** Keys that say themselves what they are. */
  private static final Pattern KNOWN_KEY =
      Pattern.compile(
          "\\b(sk-[\\w-]{12,}|gh[pousr]_\\w{16,}|github_pat_\\w{16,}|glpat-[\\w-]{16,}"
              + "|xox[abprs]-[\\w-]{8,}|AKIA[0-9A-Z]{12,}|AIza[\\w-]{30,}"
              + "|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*|npm_\\w{20,})");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)",
          Pattern.DOTALL);

  /** Addresses of webhooks are their own passwords. */
  private static final Pattern WEBHOOK =
      Pattern.compile("(https://(?:hooks\\.slack\\.com|discord(?:app)?\\.com/api/webhooks))/\\S+");

  /**
   * JSON's {@code env} and {@code headers} as far as they go: a text may be cut off, a value may
   * have braces.
   */
  private static final Pattern VALUES_OF_USERS =
      Pattern.compile(
          "\"(?:env|headers)\"\\s*:\\s*\\{" + "(?:[^{}\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?+)*+",
          Pattern.DOTALL);

  private static final Pattern VALUE =
      Pattern.compile("(:\\s*)(?:\"(?:[^\"\\\\]++|\\\\.)*+(\"?)|[^\\s,{}\"]++)", Pattern.DOTALL);

  private Redaction() {}

  /** Whether a setting or variable of this name is likely to be a secret. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** The text with everything in it that looks like a secret as {@link #HIDDEN}. */
  public static String of(String text) {
    String hidden = PRIVATE_KEY.matcher(text).replaceAll(HIDDEN);
    hidden = ASSIGNMENT.matcher(hidden).replaceAll("$1" + HIDDEN);
    hidden = BEARER.matcher(hidden).replaceAll("$1 " + HIDDEN);
    hidden = USER_INFO.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
    hidden = KNOWN_KEY.matcher(hidden).replaceAll(HIDDEN);
    return WEBHOOK.matcher(hidden).replaceAll("$1/" + HIDDEN);
  }

  /**
   * The text of a file, or its beginning; of settings every value of {@code env} and of {@code
   * headers} is hidden too.
   */
  public static String ofFile(String text) {
    return of(
        VALUES_OF_USERS
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(withoutValues(found.group()))));
  }

  private static String withoutValues(String object) {
    int open = object.indexOf('{');
    String values = object.substring(open);
    return object.substring(0, open)
        + VALUE
            .matcher(values)
            .replaceAll(
                value ->
                    Matcher.quoteReplacement(
                        value.group(1)
                            + (value.group(2) == null ? HIDDEN : '"' + HIDDEN + value.group(2))));
  }

  /** The value, or {@link #HIDDEN} where the name or the value looks like a secret's. */
  public static String of(String name, String value) {
    return isSecretName(name) ? HIDDEN : of(value);
  }

  /** Every value by its name. */
  public static Map<String, String> of(Map<String, String> values) {
    Map<String, String> hidden = new TreeMap<>();
    values.forEach((name, value) -> hidden.put(name, of(name, value)));
    return hidden;
  }
}
