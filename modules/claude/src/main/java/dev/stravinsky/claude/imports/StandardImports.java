package dev.stravinsky.claude.imports;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python files that import nothing but what every Python 3 has: of these no interpreter has to be
 * asked, whose start would be most of the work.
 */
final class StandardImports {
  /** Modules that no way of building or packaging Python 3 leaves out. */
  private static final Set<String> ALWAYS =
      Set.of(
          "__future__",
          "abc",
          "argparse",
          "ast",
          "asyncio",
          "base64",
          "collections",
          "contextlib",
          "copy",
          "csv",
          "dataclasses",
          "datetime",
          "difflib",
          "enum",
          "errno",
          "fnmatch",
          "functools",
          "getpass",
          "glob",
          "hashlib",
          "html",
          "http",
          "importlib",
          "inspect",
          "io",
          "itertools",
          "json",
          "logging",
          "math",
          "operator",
          "os",
          "pathlib",
          "platform",
          "queue",
          "random",
          "re",
          "shlex",
          "shutil",
          "signal",
          "socket",
          "stat",
          "string",
          "subprocess",
          "sys",
          "tempfile",
          "textwrap",
          "threading",
          "time",
          "traceback",
          "types",
          "typing",
          "unicodedata",
          "urllib",
          "uuid",
          "warnings");

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?m)^[ \\t]*(?:from[ \\t]+([\\w.]+)[ \\t]+import\\b[^;\\r\\n]*"
              + "|import[ \\t]+([\\w.]+(?:[ \\t]*,[ \\t]*[\\w.]+)*)[ \\t]*(?:#[^\\r\\n]*)?)\\r?$");
  private static final Pattern WORD = Pattern.compile("\\bimport\\b");

  private StandardImports() {}

  /** Whether a module has a name of these, and so would be taken in its place. */
  static boolean hides(String fileName) {
    return ALWAYS.contains(fileName.replaceAll("\\.py$", ""));
  }

  /** Whether each word {@code import} is one of a statement that takes only such modules. */
  static boolean only(String source) {
    Matcher statement = STATEMENT.matcher(source);
    int statements = 0;
    while (statement.find()) {
      statements++;
      String names = statement.group(1) == null ? statement.group(2) : statement.group(1);
      for (String name : names.split(",")) {
        if (!ALWAYS.contains(name.strip().split("\\.", 2)[0])) {
          return false;
        }
      }
    }
    return statements == WORD.matcher(source).results().count();
  }
}
