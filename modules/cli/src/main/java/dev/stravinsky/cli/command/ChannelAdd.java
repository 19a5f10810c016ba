package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.release.ChannelFolders.Added;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code stravinsky channel add FOLDER RELEASE}. */
public final class ChannelAdd extends Command {
  private final Value<String> folder =
      arguments().parameter("FOLDER", "The channel's folder; made if it is not there.");

  private final Value<String> release =
      arguments().parameter("RELEASE", "A folder, a .tar.gz or .zip file, or an http(s) URL.");

  private final Value<String> version =
      arguments().option("--version", "V", "Which version it is, where RELEASE does not say.");

  private final Value<String> notes =
      arguments().option("--notes", "TEXT", "What is new in it, for the users.");

  private final PublishingOptions options = new PublishingOptions(arguments());

  public ChannelAdd(Session session) {
    super(
        session,
        "Add a release to a channel's folder, which any web server can serve.",
        "",
        "Example:  stravinsky channel add ./www team-v1.4.0.tar.gz --key team.sec");
  }

  @Override
  ExitStatus run() throws IOException {
    List<String> targets =
        services().targets().of(Scope.USER).stream().map(Target::name).distinct().toList();
    Path place = PublishingOptions.path(folder.get(), services().environment());
    ReleaseRequest wanted =
        new ReleaseRequest(
            release.get(),
            version.given().map(v -> TypedVersion.of(v, "stravinsky channel add --help")),
            targets);
    Added added =
        services()
            .channelFolders()
            .add(
                place,
                wanted,
                notes.or(""),
                options.publishing(services().environment()),
                session().progress());
    return options.print(output(), what(added), place, added.channel());
  }

  private static String what(Added added) {
    if (added.changed()) {
      return "Added " + added.offer().version() + " to";
    }
    String withdrawn = added.offer().withdrawn().isPresent() ? ", withdrawn," : "";
    return "Nothing to do, " + added.offer().version() + " is already" + withdrawn + " in";
  }
}
