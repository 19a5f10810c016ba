package dev.stravinsky.files;

import java.util.Locale;

/** The operating systems that differ in what they can do to files. */
enum Os {
  LINUX,
  MACOS,
  OTHER;

  private static final Os CURRENT = named(System.getProperty("os.name", ""));

  static Os current() {
    return CURRENT;
  }

  private static Os named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      return LINUX;
    }
    return lower.startsWith("mac") ? MACOS : OTHER;
  }

  /** Whether this Linux is at least that old; what is no Linux is not. */
  static boolean linuxSince(int major, int minor) {
    if (CURRENT != LINUX) {
      return false;
    }
    String[] parts = System.getProperty("os.version", "0").split("\\D+", 3);
    int has = number(parts, 0);
    return has > major || has == major && number(parts, 1) >= minor;
  }

  private static int number(String[] parts, int index) {
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }
}
