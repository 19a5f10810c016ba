package dev.stravinsky.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A user with so many files, and nothing else. */
@State(Scope.Benchmark)
public class SomeFiles {
  @Param({"70", "1400"})
  public int files;

  World world;

  @Setup(Level.Trial)
  public void create() throws IOException {
    world = World.create(files);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    world.close();
  }
}
