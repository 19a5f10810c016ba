package dev.stravinsky.chaos;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The commands that are put to the test; each can be typed again. */
enum Operation {
  /** {@code update v2}, with v1 installed. */
  UPDATE {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installFirst(sandbox);
    }

    @Override
    Ending run(Services services) {
      return Ending.of(() -> update(services, "v2"));
    }
  },
  /** {@code rollback to v1}, with v2 installed over v1. */
  ROLLBACK {
    @Override
    void prepare(Sandbox sandbox) throws IOException {
      installFirst(sandbox);
      require(Ending.of(() -> update(sandbox.services(), "v2")));
    }

    @Override
    Ending run(Services services) {
      return Ending.of(() -> rollBack(services, "v1"));
    }
  };

  /** Brings an empty sandbox to where the command is typed. */
  abstract void prepare(Sandbox sandbox) throws IOException;

  /** Types the command. */
  abstract Ending run(Services services);

  private static void installFirst(Sandbox sandbox) throws IOException {
    sandbox.settings("{\"format\": 1, \"safety\": {\"lock_timeout_seconds\": 0}}\n");
    Fixture.releases(sandbox);
    Fixture.usersFiles(sandbox);
    require(Ending.of(() -> update(sandbox.services(), "v1")));
    Fixture.usersChanges(sandbox);
    sandbox.restart();
  }

  private static void require(Ending ending) {
    if (ending.kind() != Ending.Kind.DONE) {
      throw new IllegalStateException("the scenario could not be prepared: " + ending);
    }
  }

  private static Ending update(Services services, String version) throws IOException {
    String location =
        services.environment().userHome().getRoot().resolve("releases/" + version).toString();
    UpdateResult result =
        services
            .updater()
            .update(
                new UpdateRequest(
                    location,
                    Optional.of(new Version(version)),
                    Scope.USER,
                    ConflictPolicy.KEEP,
                    Set.of(),
                    false,
                    false),
                Progress.NONE);
    return switch (result) {
      case UpdateResult.Updated done -> done(result);
      case UpdateResult.UpToDate done -> done(result);
      case UpdateResult.LeftAsIs left -> done(result);
      case UpdateResult.Planned no -> notDone(result);
      case UpdateResult.Blocked no -> notDone(result);
      case UpdateResult.Failed no -> notDone(result);
      case UpdateResult.RolledBack no -> notDone(result);
    };
  }

  private static Ending rollBack(Services services, String version) throws IOException {
    RollbackResult result =
        services
            .updater()
            .rollbackTo(
                version, new RollbackRequest(Scope.USER, false, false, false), Progress.NONE);
    return switch (result) {
      case RollbackResult.Done done -> done(result);
      case RollbackResult.AlreadyThere done -> done(result);
      case RollbackResult.Planned no -> notDone(result);
      case RollbackResult.Failed no -> notDone(result);
    };
  }

  private static Ending done(Object result) {
    return new Ending(Ending.Kind.DONE, result.getClass().getSimpleName());
  }

  private static Ending notDone(Object result) {
    return new Ending(Ending.Kind.NOT_DONE, result.toString());
  }
}
