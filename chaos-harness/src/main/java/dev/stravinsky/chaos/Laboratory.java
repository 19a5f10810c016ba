package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Cell.Trials;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/** Tries cells of the matrix, several places at a time, and single places again. */
final class Laboratory implements AutoCloseable {
  private final long seed;
  private final Ground ground;
  private final Map<Operation, World> worlds = new EnumMap<>(Operation.class);

  Laboratory(long seed) {
    this(seed, Ground.MEMORY);
  }

  Laboratory(long seed, Ground ground) {
    this.seed = seed;
    this.ground = ground;
  }

  /** Tries one cell. */
  CellResult run(Cell cell, Effort effort) throws IOException {
    long start = System.nanoTime();
    return switch (cell.trials()) {
      case Trials.Nothing nothing -> CellResult.empty(cell);
      case Trials.PowerCuts cuts -> cutPower(cell, effort, start);
      case Trials.Indexes indexes -> {
        try (IndexTrials trials = new IndexTrials(cell.operation(), ground, seed)) {
          yield oneByOne(cell, trials.places(), trials::strike, effort, start);
        }
      }
      case Trials.HungryPlugins plugins -> {
        try (PluginTrials trials = new PluginTrials(cell.operation(), ground)) {
          yield oneByOne(cell, trials.places(), trials::strike, effort, start);
        }
      }
      case Trials.Strikes strikes -> strike(cell, strikes.fault(), effort, start);
    };
  }

  private CellResult strike(Cell cell, Fault fault, Effort effort, long start) throws IOException {
    World world = world(cell.operation());
    StrikeTrials trials = Crew.alone(() -> new StrikeTrials(world, cell.kind(), fault, seed));
    List<Integer> chosen = Effort.chosen(trials.places(), effort.places());
    List<Callable<Trial>> tasks = new ArrayList<>();
    for (int i : chosen) {
      tasks.add(() -> trials.strike(i, i % effort.retryEvery() == 0, Watcher.NOBODY));
    }
    // On a disk one world has room, in the place of the one that it is a copy of.
    List<Trial> done = ground.isDisk() ? Crew.oneByOne(tasks) : Crew.all(tasks);
    int injected = (int) done.stream().filter(Trial::fired).count();
    return new CellResult(
        cell,
        trials.places(),
        chosen.size(),
        injected,
        0,
        done.stream().filter(trial -> !trial.held() || !trial.fired()).toList(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static CellResult oneByOne(
      Cell cell, int places, IntFunction<Trial> strike, Effort effort, long start) {
    List<Integer> chosen = Effort.chosen(places, effort.places());
    List<Trial> done = new ArrayList<>();
    for (int i : chosen) {
      done.add(strike.apply(i));
    }
    return new CellResult(
        cell,
        places,
        chosen.size(),
        (int) done.stream().filter(Trial::fired).count(),
        0,
        done.stream().filter(trial -> !trial.held() || !trial.fired()).toList(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private CellResult cutPower(Cell cell, Effort effort, long start) throws IOException {
    World world = world(cell.operation());
    CrashTrials trials = Crew.alone(() -> new CrashTrials(world, effort));
    trials.run();
    return new CellResult(
        cell,
        trials.places(),
        trials.crashes(),
        trials.crashes(),
        trials.states() + trials.secondStates(),
        trials.failed(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Tries one place again.
   *
   * @throws IndexOutOfBoundsException if there is no such place
   */
  Trial replay(TrialId id, Watcher watcher) throws IOException {
    Cell cell = Matrix.cell(id.operation(), id.kind(), ground);
    return switch (cell.trials()) {
      case Trials.Nothing nothing -> throw new IndexOutOfBoundsException(nothing.because());
      case Trials.PowerCuts cuts ->
          Crew.alone(() -> new CrashTrials(world(id.operation()), Effort.ALL).replay(id, watcher));
      case Trials.Indexes indexes -> {
        try (IndexTrials trials = new IndexTrials(id.operation(), ground, seed)) {
          yield trials.strike(id.place());
        }
      }
      case Trials.HungryPlugins plugins -> {
        try (PluginTrials trials = new PluginTrials(id.operation(), ground)) {
          yield trials.strike(id.place());
        }
      }
      case Trials.Strikes strikes ->
          Crew.alone(
              () ->
                  new StrikeTrials(world(id.operation()), id.kind(), strikes.fault(), seed)
                      .strike(id.place(), true, watcher));
    };
  }

  /** In how many places the cell's fault can strike. */
  int places(Cell cell) throws IOException {
    return switch (cell.trials()) {
      case Trials.Nothing nothing -> 0;
      case Trials.Indexes indexes -> {
        try (IndexTrials trials = new IndexTrials(cell.operation(), ground, seed)) {
          yield trials.places();
        }
      }
      case Trials.HungryPlugins plugins -> Phase.values().length;
      case Trials.PowerCuts cuts -> new CrashTrials(world(cell.operation()), Effort.ALL).places();
      case Trials.Strikes strikes ->
          new StrikeTrials(world(cell.operation()), cell.kind(), strikes.fault(), seed).places();
    };
  }

  /** Where a trial's fault strikes. Throws as {@link #replay}. */
  String place(TrialId id) throws IOException {
    return replay(id, Watcher.NOBODY).place();
  }

  private synchronized World world(Operation operation) throws IOException {
    World world = worlds.get(operation);
    if (world == null) {
      world = Crew.alone(() -> World.of(operation, ground));
      worlds.put(operation, world);
    }
    return world;
  }

  @Override
  public void close() throws IOException {
    for (World world : worlds.values()) {
      world.close();
    }
    ground.discard();
  }
}
