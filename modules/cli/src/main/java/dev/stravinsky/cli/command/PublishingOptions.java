package dev.stravinsky.cli.command;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every command takes that changes a channel's folder. */
final class PublishingOptions {
  private static final int LONGEST_DAYS = 36_500;

  private final Value<List<String>> keys;
  private final Flag unsigned;
  private final Flag resign;
  private final Value<Integer> expires;
  private final DryRunOption dryRun;
  private final JsonOption json;

  PublishingOptions(Arguments arguments) {
    this.keys =
        arguments.repeated("--key", "FILE.sec", "Sign with this secret key; may be given twice.");
    this.unsigned =
        arguments.flag("Drop the signature: to be signed by signify afterwards.", "--unsigned");
    this.resign =
        arguments.flag("Sign what is there, though the key did not sign it as it is.", "--resign");
    this.expires =
        arguments.option(
            "--expires",
            "DAYS",
            Integer.class,
            "For how long it is to be believed (default: 90 if signed).");
    this.dryRun = new DryRunOption(arguments);
    this.json = new JsonOption(arguments);
  }

  boolean dryRun() {
    return dryRun.asked();
  }

  Publishing publishing(Environment environment) {
    return new Publishing(
        keys.or(List.of()).stream().map(file -> path(file, environment)).toList(),
        unsigned.given(),
        resign.given(),
        expires.given().map(PublishingOptions::lifetime),
        dryRun.asked());
  }

  /** A folder or file as it was typed. */
  static Path path(String typed, Environment environment) {
    try {
      if (!typed.isBlank()) {
        return environment
            .expand(typed, environment.workingDirectory())
            .toAbsolutePath()
            .normalize();
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw mistake("not a path: \"" + typed + "\"");
  }

  private static Duration lifetime(int days) {
    if (days < 1 || days > LONGEST_DAYS) {
      throw mistake("--expires takes from 1 to " + LONGEST_DAYS + " days");
    }
    return Duration.ofDays(days);
  }

  private static UsageException mistake(String what) {
    return new UsageException(
        Problem.of(ErrorKind.UNKNOWN, what)
            .leaving("nothing was changed")
            .next("stravinsky channel --help"));
  }

  /**
   * Says how the channel is now, or would be.
   *
   * @param what was done, for example {@code Added v1 to}
   */
  ExitStatus print(Output output, String what, Path folder, Channel channel) {
    if (json.asked()) {
      Json.print(output.results(), ChannelJson.document(channel));
      return ExitStatus.DONE;
    }
    if (dryRun.asked()) {
      output.line("Not done, as this is a dry run: " + what + " the channel of " + channel.name());
    } else {
      output.success(what + " the channel of " + channel.name());
    }
    output.field("Folder", folder);
    output.field("Releases", channel.offers().size());
    output.field("Counter", channel.counter());
    output.field("Signature", SignatureText.own(channel.signature()));
    Optional<String> until = channel.expires().map(Shown::time);
    output.field("Expires", until.orElse("never"));
    return ExitStatus.DONE;
  }
}
