package dev.stravinsky.cli.command;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;

/** {@code stravinsky channel withdraw FOLDER VERSION}. */
public final class ChannelWithdraw extends Command {
  private final Value<String> folder = arguments().parameter("FOLDER", "The channel's folder.");

  private final Value<String> version = arguments().parameter("VERSION", "Which is not to be had.");

  private final Value<String> reason =
      arguments().option("--reason", "TEXT", "Why, for the users.");

  private final PublishingOptions options = new PublishingOptions(arguments());

  public ChannelWithdraw(Session session) {
    super(session, "Take a version out of what a channel offers; updates go to another.");
  }

  @Override
  ExitStatus run() throws IOException {
    Path place = PublishingOptions.path(folder.get(), services().environment());
    Version withdrawn = TypedVersion.of(version.get(), "stravinsky channel withdraw --help");
    Channel channel =
        services()
            .channelFolders()
            .withdraw(
                place, withdrawn, reason.or(""), options.publishing(services().environment()));
    return options.print(output(), "Withdrew " + withdrawn + " from", place, channel);
  }
}
