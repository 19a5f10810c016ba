package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code stravinsky update [RELEASE]}. */
public final class UpdateCommand extends Command {
  private final Value<String> release =
      arguments()
          .optionalParameter(
              "RELEASE",
              "A folder, a .tar.gz or .zip file, an http(s) URL, or a version of the channel"
                  + " (default: its newest).");

  private final Flag list =
      arguments().flag("List what the channel offers; changes nothing.", "--list");

  private final Flag ask =
      arguments().flag("Ask the channel for something newer; changes nothing.", "--check");

  private final Value<String> version =
      arguments().option("--version", "V", "What to call it, where the release does not say.");

  private final Value<List<String>> accepted =
      arguments()
          .repeated(
              "--accept", "CHECK-ID", "Let a check that blocks only warn; the trail says who did.");

  private final Value<OnConflict> onConflict =
      arguments()
          .option(
              "--on-conflict",
              "keep|take|fail",
              OnConflict.class,
              "Where you and the release changed a file (default: keep yours).");

  private final Flag explain =
      arguments().flag("With --dry-run: what each check looks at, and why it blocks.", "--explain");

  private final Flag diff =
      arguments().flag("A dry run that also shows what would change within files.", "--diff");

  private final SecretsOption secrets = new SecretsOption(arguments());
  private final ScopeOption scope = new ScopeOption(arguments());
  private final DryRunOption dryRun = new DryRunOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public UpdateCommand(Session session) {
    super(
        session,
        "Install a release; roll back by itself if it does not work.",
        "",
        "Example:  stravinsky update ./release-v0.3.9.tar.gz");
  }

  @Override
  ExitStatus run() throws IOException {
    if (list.given() || ask.given()) {
      return offered();
    }
    boolean dry = dryRun.asked() || diff.given();
    if (explain.given() && !dry) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "--explain needs --dry-run")
              .leaving("nothing was changed")
              .next(again() + " --dry-run --explain"));
    }
    if (session().plugins()) {
      services().checks().warmUp(); // Beside the look for what was interrupted.
    }
    if (dry) {
      session().reportInterrupted();
    } else {
      session().finishInterrupted(scope.of(session()));
    }
    UpdateRequest request =
        new UpdateRequest(
            release.or(""),
            version
                .given()
                .map(v -> TypedVersion.of(v, "stravinsky update RELEASE --version v1.2.3")),
            scope.of(session()),
            ConflictPolicy.valueOf(onConflict.or(OnConflict.keep).name().toUpperCase(Locale.ROOT)),
            new HashSet<>(accepted.or(List.of())),
            session().plugins(),
            dry,
            diff.given() ? Optional.of(secrets::text) : Optional.empty());
    var result = services().updater().update(request, session().progress());
    Optional<Explanation> explanation =
        explain.given() ? Optional.of(new Explanation(this::next)) : Optional.empty();
    return json.asked()
        ? UpdateJson.print(output(), result, explanation)
        : new UpdateOutput(output(), explanation).print(result);
  }

  private ExitStatus offered() throws IOException {
    if (release.given().isPresent()) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "--list and --check take no RELEASE: they ask the channel")
              .leaving("nothing was changed")
              .next("stravinsky update --list"));
    }
    session().reportInterrupted();
    Channel channel = services().channels().read(session().progress());
    ChannelOutput shown = new ChannelOutput(services(), scope.of(session()), channel, output());
    return list.given() ? shown.list(json.asked()) : shown.check(json.asked());
  }

  private Optional<String> next(Finding finding) {
    return finding.severity() == Severity.BLOCK
        ? Optional.of(again() + " --accept " + Shown.word(finding.checkId()))
        : Optional.empty();
  }

  /** The command that really updates. */
  private String again() {
    return session()
        .typedWithout(Set.of("-n", "--dry-run", "--diff", "--show-secrets", "--explain", "--json"));
  }

  /** As typed. */
  enum OnConflict {
    keep,
    take,
    fail
  }
}
