package dev.stravinsky.api.error;

/** Words of the commands that a {@link Problem} tells to type next. */
public final class ShellWord {
  private ShellWord() {}

  /**
   * A path or address as it is typed in a shell: quoted where it has to be. It can be somebody
   * else's, and a shell must do nothing with it.
   */
  public static String of(Object word) {
    String plain = word.toString();
    return plain.matches("[A-Za-z0-9_./@:+][A-Za-z0-9_./@:+-]*")
        ? plain
        : "'" + plain.replace("'", "'\\''") + "'";
  }
}
