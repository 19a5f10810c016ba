package dev.stravinsky.config;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Keeps a channel from being another one in each folder that a command is typed in. */
final class ChannelPlace {
  private ChannelPlace() {}

  /**
   * Refuses what is neither a URL, nor an absolute path, nor one from {@code ~}; whether there is a
   * channel is not asked.
   *
   * @throws UsageException with the command that names the place meant
   */
  static void require(String channel, Environment environment) {
    if (channel.contains("://") || channel.equals("~") || channel.startsWith("~/")) {
      return;
    }
    Problem problem =
        Problem.of(
                ErrorKind.SCHEMA_ERROR,
                "update.channel: must be a URL, an absolute path or one from ~, but is "
                    + JsonWriting.quoted(channel))
            .leaving("nothing was changed");
    try {
      Path here = environment.workingDirectory();
      Path place = here.getFileSystem().getPath(channel);
      if (place.isAbsolute()) {
        return;
      }
      problem =
          problem.next(
              "stravinsky config set update.channel "
                  + ShellWord.of(here.resolve(place).normalize()));
    } catch (InvalidPathException e) {
      problem = problem.next("stravinsky config set update.channel https://HOST/FOLDER/");
    }
    throw new UsageException(problem);
  }
}
