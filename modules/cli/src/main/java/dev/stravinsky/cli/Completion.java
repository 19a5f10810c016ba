package dev.stravinsky.cli;

import picocli.AutoComplete;

/** The shell's completion, made from the commands themselves. */
public final class Completion {
  private Completion() {}

  /** A script for bash, which zsh can source too. */
  public static String script(Session session) {
    return AutoComplete.bash("stravinsky", CommandTable.commandLine(session, new String[0]));
  }
}
