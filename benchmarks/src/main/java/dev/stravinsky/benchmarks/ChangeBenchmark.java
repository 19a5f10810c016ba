package dev.stravinsky.benchmarks;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.recovery.Recovery;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole changes of the configuration: an update, a rollback of it, a restore; and the checks. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ChangeBenchmark {
  private static final dev.stravinsky.api.Scope USER = dev.stravinsky.api.Scope.USER;

  /** From the first version to the second, which changes every file. */
  @Benchmark
  public Object update(First world) throws IOException {
    return world.update("v2");
  }

  /** Back to the first. */
  @Benchmark
  public Object rollback(Second world) throws IOException {
    return world.expect(
        RollbackResult.Done.class,
        world
            .world
            .services()
            .updater()
            .rollbackTo("v1", new RollbackRequest(USER, false, false, false), Progress.NONE));
  }

  /** Every file is gone and comes back, forced to the disk. */
  @Benchmark
  public Object restoreEverything(Nothing world) throws IOException {
    RecoveryResult result =
        world
            .world
            .services()
            .recovery()
            .version("v1", new Recovery.Options(USER, false, Progress.NONE));
    if (result.restored().size() < world.files) {
      throw new IOException("only " + result.restored().size() + " files came back");
    }
    return result.source();
  }

  /** All checks of the state as it is, the interpreters' processes among them. */
  @Benchmark
  public Object checks(First world) throws IOException {
    return world
        .world
        .services()
        .updater()
        .check(USER, Set.of(Phase.values()), Set.of(), false)
        .size();
  }

  /** The first version is installed. */
  @State(Scope.Benchmark)
  public static class First extends SomeFiles {
    @Override
    public void create() throws IOException {
      world = World.create(0);
      for (String version : new String[] {"v1", "v2"}) {
        Path hooks = world.beside(version).resolve("hooks");
        GeneratedTree.write(hooks, files, version.hashCode());
      }
    }

    @Setup(Level.Invocation)
    public void install() throws IOException {
      World.delete(world.claude());
      world.forgetBackups();
      update("v1");
    }

    UpdateResult update(String version) throws IOException {
      return expect(
          UpdateResult.Updated.class,
          world
              .services()
              .updater()
              .update(
                  new UpdateRequest(
                      world.beside(version).toString(),
                      Optional.of(new Version(version)),
                      USER,
                      ConflictPolicy.KEEP,
                      Set.of(),
                      false,
                      false),
                  Progress.NONE));
    }

    /** What is measured has to have happened. */
    <T> T expect(Class<? extends T> wanted, T result) throws IOException {
      if (!wanted.isInstance(result)) {
        throw new IOException("not done: " + result);
      }
      return result;
    }
  }

  /** The second version is installed after the first. */
  @State(Scope.Benchmark)
  public static class Second extends First {
    @Override
    public void install() throws IOException {
      super.install();
      update("v2");
    }
  }

  /** The first version was installed, and then somebody deleted all of it. */
  @State(Scope.Benchmark)
  public static class Nothing extends First {
    @Override
    public void install() throws IOException {
      super.install();
      World.delete(world.files());
      Files.createDirectories(world.files());
    }
  }
}
