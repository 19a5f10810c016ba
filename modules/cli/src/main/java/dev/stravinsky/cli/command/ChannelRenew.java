package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;

/** {@code stravinsky channel renew FOLDER}. */
public final class ChannelRenew extends Command {
  private final Value<String> folder = arguments().parameter("FOLDER", "The channel's folder.");

  private final PublishingOptions options = new PublishingOptions(arguments());

  public ChannelRenew(Session session) {
    super(session, "Give a channel a new date until when it is believed.");
  }

  @Override
  ExitStatus run() throws IOException {
    Path place = PublishingOptions.path(folder.get(), services().environment());
    return options.print(
        output(),
        "Renewed",
        place,
        services().channelFolders().renew(place, options.publishing(services().environment())));
  }
}
