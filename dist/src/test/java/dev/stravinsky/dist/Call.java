package dev.stravinsky.dist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system call below a folder, as {@code strace -y} tells of it.
 *
 * @param name of the call
 * @param number among the calls of that name in its thread, from 1
 * @param line all that was written
 */
record Call(String name, int number, String line) {
  /** What makes a file or its name durable, or changes either. */
  static final String NAMES =
      "fsync,fdatasync,syncfs,rename,renameat,renameat2,link,linkat,unlink,unlinkat,write,pwrite64";

  private static final Pattern LINE = Pattern.compile("(?:\\d+ +)?(\\w+)\\((.*)");

  /** The calls that concern what is below the folder, by a descriptor or by name. */
  static List<Call> below(Path folder, List<String> lines) {
    Map<String, Integer> counts = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    for (String line : lines) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        int number = counts.merge(parts.group(1), 1, Integer::sum);
        String arguments = parts.group(2);
        if (arguments.matches("\\d+<\\Q" + folder + "\\E/.*")
            || arguments.contains("\"" + folder + "/")) {
          calls.add(new Call(parts.group(1), number, line));
        }
      }
    }
    return calls;
  }
}
