package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.Interpreter;
import dev.stravinsky.spi.CheckContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a shell with {@code -n}, which reads a script and runs nothing. One shell is started; it
 * starts one of its kind for each file, since {@code -n} takes one file only, and gives it the
 * content in a quoted here-document.
 */
final class ShellChecker {
  private static final Pattern WITH_LINE = Pattern.compile("(?:line |: )(\\d+): (.*)");

  private final Path shell;
  private final boolean isBash;

  ShellChecker(Path shell, boolean isBash) {
    this.shell = shell;
    this.isBash = isBash;
  }

  Map<Script, Verdict> check(List<Script> scripts, CheckContext context)
      throws IOException, InterruptedException {
    // Nothing in a script can be this word, so no script can end its here-document and be run.
    String mark = "END-" + UUID.randomUUID();
    String output =
        Interpreter.run(
            List.of(shell.toString()),
            driver(scripts, mark),
            context.variables(),
            context.cancellation());
    Map<Script, Verdict> verdicts = new HashMap<>();
    for (int i = 0; i < scripts.size(); i++) {
      verdicts.put(scripts.get(i), verdict(output, mark + " " + i + " "));
    }
    return verdicts;
  }

  private byte[] driver(List<Script> scripts, String mark) {
    ByteArrayOutputStream driver = new ByteArrayOutputStream();
    for (int i = 0; i < scripts.size(); i++) {
      byte[] content = scripts.get(i).content();
      // What -n reads does not set options, so a script's own "shopt -s extglob" would not count.
      boolean extended =
          isBash && new String(content, StandardCharsets.ISO_8859_1).contains("extglob");
      append(
          driver,
          "'"
              + shell.toString().replace("'", "'\\''")
              + "' "
              + (extended ? "-O extglob " : "")
              + "-n 2>&1 <<'"
              + mark
              + "'\n");
      driver.writeBytes(content);
      // A line of its own for the mark, but none more: it would move the end of the script.
      append(driver, content.length == 0 || content[content.length - 1] == '\n' ? "" : "\n");
      append(driver, mark + "\necho \"" + mark + " " + i + " $?\"\n");
    }
    return driver.toByteArray();
  }

  private Verdict verdict(String output, String mark) {
    int end = output.indexOf(mark);
    if (end < 0) {
      return new Verdict.NotChecked(shell + " gave no answer");
    }
    String status = output.substring(end + mark.length()).lines().findFirst().orElse("");
    if (status.equals("0")) {
      return new Verdict.Sound();
    }
    String before = output.substring(0, end);
    int start = before.lastIndexOf("END-");
    String said = start < 0 ? before : before.substring(before.indexOf('\n', start) + 1);
    Matcher matcher = WITH_LINE.matcher(said);
    return matcher.find()
        ? new Verdict.Broken(Integer.parseInt(matcher.group(1)), matcher.group(2), true)
        : new Verdict.NotChecked(shell + " ended with status " + status);
  }

  private static void append(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
