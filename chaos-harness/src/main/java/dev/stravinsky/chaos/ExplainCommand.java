package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Cell.Trials;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.ground.GroundOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chaos explain ID}. */
@Command(name = "explain", description = "Say what a cell or a single trial is about.")
final class ExplainCommand extends ChaosCommand {
  @Parameters(paramLabel = "ID", description = "update/disk-full, or update/disk-full/17.")
  String id;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the run that the id is from.")
  long seed;

  @Mixin GroundOptions where;

  @Override
  int run(PrintWriter out) throws IOException {
    Ground ground = where.ground(out);
    Optional<TrialId> trial = TrialId.parse(id);
    List<Cell> cells =
        trial.isPresent()
            ? List.of(Matrix.cell(trial.get().operation(), trial.get().kind(), ground))
            : Matrix.all(ground).stream().filter(cell -> cell.id().equals(id)).toList();
    if (cells.isEmpty()) {
      throw mistake("there is no \"" + id + "\"; see: chaos list");
    }
    Cell cell = cells.getFirst();
    out.println("Operation  " + cell.operation().explanation());
    out.println("Fault      " + cell.kind().explanation());
    cell.because().ifPresent(why -> out.println("Empty      " + why));
    if (!cell.isEmpty()) {
      out.println("Asked      " + asked(cell));
      places(cell, trial, ground, out);
    }
    return 0;
  }

  private void places(Cell cell, Optional<TrialId> trial, Ground ground, PrintWriter out)
      throws IOException {
    try (Laboratory laboratory = new Laboratory(seed, ground)) {
      out.println("Places     " + laboratory.places(cell) + ", with seed " + seed);
      if (trial.isPresent()) {
        out.println("This one   " + laboratory.place(trial.get()));
        out.println("Replay     stravinsky chaos replay " + trial.get() + " --seed " + seed);
      }
    } catch (IndexOutOfBoundsException e) {
      throw mistake("the cell has no such place: " + id, e);
    }
  }

  private static String asked(Cell cell) {
    return switch (cell.trials()) {
      case Trials.Nothing nothing -> nothing.because();
      case Trials.Indexes all -> "the command succeeds, and the trail answers what its log says";
      case Trials.HungryPlugins all ->
          "before the swap it is blocked by the plugin's name, after it it is done; and without the"
              + " plugin the command succeeds";
      case Trials.PowerCuts cuts -> Fault.Aftermath.HEALS.asked();
      case Trials.Strikes strikes -> strikes.fault().aftermath().asked();
    };
  }
}
