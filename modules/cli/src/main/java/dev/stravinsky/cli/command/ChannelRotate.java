package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code stravinsky channel rotate FOLDER --to KEY}. */
public final class ChannelRotate extends Command {
  private final Value<String> folder = arguments().parameter("FOLDER", "The channel's folder.");

  private final Value<List<String>> keys =
      arguments()
          .repeated("--to", "KEY", "A public key (RW...) that is to be trusted from now on.");

  private final PublishingOptions options = new PublishingOptions(arguments());

  public ChannelRotate(Session session) {
    super(
        session,
        "Replace the keys that users trust; sign with an old and a new one.",
        "",
        "Example:  stravinsky channel rotate ./www --to RW... --key new.sec --key old.sec");
  }

  @Override
  ExitStatus run() throws IOException {
    Path place = PublishingOptions.path(folder.get(), services().environment());
    List<PublicKey> named = new ArrayList<>();
    for (String key : keys.or(List.of())) {
      if (!PublicKey.isValid(key)) {
        throw mistake("not a public key, as the second line of a .pub file: " + key);
      }
      named.add(new PublicKey(key));
    }
    if (named.isEmpty()) {
      throw mistake("--to is missing: the key that is to be trusted from now on");
    }
    return options.print(
        output(),
        "Replaced the keys of",
        place,
        services()
            .channelFolders()
            .rotate(place, named, options.publishing(services().environment())));
  }

  private static UsageException mistake(String what) {
    return new UsageException(
        Problem.of(ErrorKind.UNKNOWN, what)
            .leaving("nothing was changed")
            .next("stravinsky channel rotate --help"));
  }
}
