package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseBuilder.Built;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code stravinsky release build DIR -o FILE}. */
public final class ReleaseBuild extends Command {
  private static final String AGAIN = "stravinsky release build DIR --version V -o FILE.tar.gz";

  private final Value<String> folder =
      arguments().parameter("DIR", "A folder with hooks/, commands/, settings.json, ...");

  private final Value<String> output =
      arguments().option("-o", "FILE.tar.gz", "The file to make (required).");

  private final Value<String> version =
      arguments().option("--version", "V", "Which version it is, where DIR does not say.");

  private final Value<String> name =
      arguments()
          .option(
              "--name", "NAME", "What it is a release of (default: as DIR says, or is called).");

  private final Value<List<String>> keys =
      arguments().repeated("--key", "FILE.sec", "Sign it with this secret key.");

  private final Flag force = arguments().flag("Replace another file that is there.", "--force");

  private final DryRunOption dryRun = new DryRunOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public ReleaseBuild(Session session) {
    super(
        session,
        "Make a release of a folder: one file that anybody can install.",
        "",
        "Example:  stravinsky release build ./team --version v1.4.0 -o team.tar.gz");
  }

  @Override
  ExitStatus run() throws IOException {
    List<String> targets =
        services().targets().of(Scope.USER).stream().map(Target::name).distinct().toList();
    ReleaseRequest source =
        new ReleaseRequest(
            folder.get(), version.given().map(it -> TypedVersion.of(it, AGAIN)), targets);
    Built built =
        services()
            .releaseBuilder()
            .build(
                new BuildRequest(
                    source,
                    name.given(),
                    file(),
                    force.given(),
                    dryRun.asked(),
                    keys.or(List.of()).stream()
                        .map(key -> PublishingOptions.path(key, services().environment()))
                        .toList()),
                session().progress());
    if (json.asked()) {
      print(built);
      return ExitStatus.DONE;
    }
    String what = built.name() + " " + built.version();
    if (dryRun.asked()) {
      output().line("Would build " + what + ".");
    } else {
      output().success((built.written() ? "Built " : "Nothing to do, there is already ") + what);
    }
    output().field("File", built.output());
    output().field("Files", built.files());
    output().field("Size", Shown.size(built.sizeBytes()));
    output().field("SHA-256", built.sha256());
    if (!built.ignored().isEmpty()) {
      output().field("Ignored", String.join(", ", built.ignored()));
    }
    return ExitStatus.DONE;
  }

  private Path file() {
    String typed =
        output.given().orElseThrow(() -> mistake("-o FILE.tar.gz is missing: the file to make"));
    return TypedFile.of(typed, services().environment(), AGAIN);
  }

  private UsageException mistake(String what) {
    return TypedFile.notWritten(what, AGAIN);
  }

  private void print(Built built) {
    var document = Json.document();
    document.put("name", built.name());
    document.put("version", built.version());
    document.put("file", built.output());
    document.put("files", built.files());
    document.put("size_bytes", built.sizeBytes());
    document.put("sha256", built.sha256().hex());
    document.put("written", built.written());
    document.put("ignored", built.ignored());
    Json.print(output().results(), document);
  }
}
