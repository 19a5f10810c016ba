package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;

/** A share, typed with or without its sign. */
final class Percent {
  private Percent() {}

  static int parse(String typed) {
    try {
      int percent = Integer.parseInt(typed.replace("%", "").strip());
      if (percent >= 1 && percent <= 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "\"" + typed + "\" is not a share between 1% and 100%")
            .leaving("nothing was read")
            .next("stravinsky backup verify --sample 10%"));
  }
}
