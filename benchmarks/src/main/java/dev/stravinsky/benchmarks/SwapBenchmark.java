package dev.stravinsky.benchmarks;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The moment in which the files change: journal, exchange of every file, commit. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SwapBenchmark {

  /** All that is staged is swapped, forced and committed. */
  @Benchmark
  public Object swapAndCommit(Staged staged) throws IOException {
    staged.transaction.swap();
    staged.transaction.commit();
    if (!staged.transaction.unfinished().isEmpty()) {
      throw new IOException(String.join("; ", staged.transaction.unfinished()));
    }
    return staged.transaction.id();
  }

  /** A new content of every file is staged beside it, under the lock. */
  @State(Scope.Thread)
  public static class Staged {
    private static final Completion NOTHING =
        new Completion() {
          @Override
          public void committed(TransactionRecord transaction) {}

          @Override
          public void undone(TransactionRecord transaction) {}
        };

    @Param({"70", "1400"})
    public int files;

    private World world;
    private Lease lock;
    private int edition;
    Transaction transaction;

    @Setup(Level.Trial)
    public void create() throws IOException {
      world = World.create(files);
      lock = world.services().transactions().lock(List.of(world.hooks()), LockMode.EXCLUSIVE);
    }

    @Setup(Level.Invocation)
    public void stage() throws IOException {
      edition++;
      TargetView live = TargetWalk.live(world.hooks());
      List<Change> changes = new ArrayList<>();
      for (TargetView.Node node : live.nodes()) {
        if (Files.isRegularFile(node.location())) {
          Path content = Files.createDirectories(world.beside("new")).resolve("" + changes.size());
          Files.writeString(content, "# edition " + edition + " of " + node.path() + "\n");
          EntryState.Regular after = EntryStates.regular(content);
          changes.add(
              new Change.Put(
                  world.hooks(),
                  node.path(),
                  EntryStates.regular(node.location()),
                  content,
                  after,
                  Optional.empty()));
        }
      }
      transaction =
          world
              .services()
              .transactions()
              .stage(
                  new TransactionRequest(
                      dev.stravinsky.api.Scope.USER, "benchmark", List.of(live), changes, Map.of()),
                  NOTHING);
    }

    @TearDown(Level.Invocation)
    public void close() {
      transaction.close();
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
      lock.close();
      world.close();
    }
  }
}
