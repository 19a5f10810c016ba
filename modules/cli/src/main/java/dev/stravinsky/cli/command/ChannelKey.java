package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code stravinsky channel key NAME}. */
public final class ChannelKey extends Command {
  private final Value<String> name =
      arguments().parameter("NAME", "Makes NAME.pub and NAME.sec, as signify -G -n does.");

  private final DryRunOption dryRun = new DryRunOption(arguments());

  public ChannelKey(Session session) {
    super(session, "Make a pair of keys to sign releases and channels with.");
  }

  @Override
  ExitStatus run() throws IOException {
    Path place = PublishingOptions.path(name.get(), services().environment());
    Optional<PublicKey> key = services().channelFolders().makeKeys(place, dryRun.asked());
    if (key.isEmpty()) {
      output().line("Would make " + place + ".pub and " + place + ".sec.");
      return ExitStatus.DONE;
    }
    output().success("Made key " + key.get().id());
    output().field("Secret", place + ".sec (keep it; it has no passphrase)");
    output().field("Public", place + ".pub");
    output().line("Who is to trust it types:");
    output().line("  stravinsky config set update.trusted_keys " + key.get().text());
    return ExitStatus.DONE;
  }
}
