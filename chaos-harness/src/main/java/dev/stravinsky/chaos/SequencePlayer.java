package dev.stravinsky.chaos;

import dev.stravinsky.chaos.sequence.Act;
import dev.stravinsky.chaos.sequence.Blow;
import dev.stravinsky.chaos.sequence.Sequence;
import dev.stravinsky.chaos.sequence.Step;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Plays one sequence in a sandbox of its own, asks after each step what the matrix asks after a
 * command, and ends with the first step after which something does not hold.
 */
final class SequencePlayer implements AutoCloseable {
  private final Watcher watcher;
  private Sandbox sandbox;
  private int planned;
  private int injected;
  private String place = "";

  private SequencePlayer(Sandbox sandbox, Watcher watcher) {
    this.sandbox = sandbox;
    this.watcher = watcher;
  }

  /**
   * What came of it.
   *
   * @param planned how many faults had a place to strike
   * @param injected how many struck
   * @param place the step that was the last one, and where its fault struck
   * @param ended the user's files in the end
   */
  record Played(int planned, int injected, String place, List<String> violations, Snapshot ended) {
    boolean held() {
      return violations.isEmpty() && injected == planned;
    }
  }

  /** Plays it on a copy of a prepared world. */
  static Played play(Sequence sequence, World world, Watcher watcher) throws IOException {
    try (SequencePlayer player = new SequencePlayer(world.copy(), watcher)) {
      watcher.begin(player.sandbox);
      List<String> violations = player.run(sequence);
      return new Played(
          player.planned, player.injected, player.place, violations, Snapshot.of(player.sandbox));
    }
  }

  private List<String> run(Sequence sequence) throws IOException {
    for (Step step : sequence.steps()) {
      place = step.toString();
      sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
      List<String> violations = step.act().isCommand() ? command(step) : doneByUser(step.act());
      if (!violations.isEmpty()) {
        return violations;
      }
    }
    sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
    Ending verified = type(Act.VERIFY);
    return verified.kind() == Ending.Kind.DONE
        ? List.of()
        : List.of("the backups are not intact in the end: " + verified);
  }

  private List<String> doneByUser(Act act) throws IOException {
    UsersDoing.of(act).in(sandbox);
    return List.of();
  }

  /** A command that cannot do it, as one that undoes where nothing was done, is no target. */
  private List<String> command(Step step) throws IOException {
    Ending[] clean = new Ending[1];
    CleanRun expected =
        CleanRun.of(
            like(step.act()),
            copy -> {
              copy.faults().trace(true);
              copy.faults().plan(FaultPlan.NONE);
              clean[0] = type(step.act(), copy);
              copy.faults().trace(false);
              return copy.faults().traced();
            },
            List.of(),
            sandbox);
    Oracle oracle = new Oracle(expected);
    boolean does = clean[0].kind() == Ending.Kind.DONE;
    if (step.blow().isEmpty() || !does) {
      Ending ending = type(step.act());
      watcher.after(step.toString(), ending, sandbox);
      return oracle.atRest(sandbox, ending, Fault.Aftermath.HEALS);
    }
    Blow blow = step.blow().orElseThrow();
    return blow.fault().equals(Blow.POWER_CUT)
        ? powerCut(step, blow, oracle)
        : struck(step, blow, expected, oracle);
  }

  private List<String> struck(Step step, Blow blow, CleanRun expected, Oracle oracle)
      throws IOException {
    List<Strike> places = places(step.act(), blow, expected);
    if (places.isEmpty()) {
      Ending ending = type(step.act());
      return oracle.atRest(sandbox, ending, Fault.Aftermath.HEALS);
    }
    Strike strike = places.get(blow.placeAmong(places.size()));
    place = step + ": " + strike.position();
    planned++;
    strike.arm(sandbox);
    Ending ending = typeWithoutEnd(step.act());
    injected += strike.fired(sandbox) ? 1 : 0;
    watcher.after(step.toString(), ending, sandbox);
    strike.disarm(sandbox);
    List<String> violations = new ArrayList<>();
    if (ending.kind() == Ending.Kind.CRITICAL && !strike.lasts()) {
      violations.add("neither done nor undone, for a nuisance that was over: " + ending);
    }
    if (sandbox.faults().isDead()) {
      sandbox.restartAfterKill();
      violations.addAll(oracle.afterKill(sandbox));
    } else {
      sandbox.restart();
      boolean saysNot =
          ending.kind() == Ending.Kind.NOT_DONE || ending.kind() == Ending.Kind.LOCKED;
      if (saysNot) {
        violations.addAll(oracle.notDone(sandbox, ending, Fault.Aftermath.HEALS));
      }
    }
    violations.addAll(recovered(ending, oracle));
    return violations;
  }

  private List<Strike> places(Act act, Blow blow, CleanRun expected) throws IOException {
    FaultKind kind =
        Arrays.stream(FaultKind.values())
            .filter(each -> each.id().equals(blow.fault()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no fault " + blow.fault()));
    return Matrix.cell(like(act), kind).trials() instanceof Cell.Trials.Strikes strikes
        ? strikes.fault().places().in(sandbox, expected, new Random(blow.permille()))
        : List.of();
  }

  /** The command goes on to its end on a disk that is then forgotten. */
  private List<String> powerCut(Step step, Blow blow, Oracle oracle) throws IOException {
    CrashRecording recording = CrashRecording.begin(sandbox.faults());
    Ending ending = type(step.act());
    List<CrashPoint> points = recording.end();
    CrashPoint point = points.get(blow.placeAmong(points.size()));
    List<Loss> losses = point.losses();
    Loss loss = losses.get(blow.loss() % losses.size());
    place = step + ": " + point.place() + ", losing " + loss;
    planned++;
    injected++;
    boolean over = point == points.getLast();
    Sandbox left = World.on(point.after(loss), sandbox);
    sandbox.close();
    sandbox = left;
    watcher.begin(sandbox);
    List<String> violations = new ArrayList<>(oracle.afterKill(sandbox));
    violations.addAll(
        recovered(over ? ending : new Ending(Ending.Kind.KILLED, "power cut"), oracle));
    return violations;
  }

  /** What every command does first. */
  private List<String> recovered(Ending ending, Oracle oracle) throws IOException {
    sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
    Ending recovery = Ending.of(() -> new Commands(sandbox.services()).resume());
    watcher.after("the next command, which recovers first", recovery, sandbox);
    sandbox.restart();
    List<String> violations = new ArrayList<>();
    if (recovery.kind() != Ending.Kind.DONE) {
      violations.add("what was interrupted is not finished by the next command: " + recovery);
    }
    violations.addAll(oracle.atRest(sandbox, ending, Fault.Aftermath.HEALS));
    return violations;
  }

  private Ending type(Act act) throws IOException {
    return type(act, sandbox);
  }

  private static Ending type(Act act, Sandbox in) throws IOException {
    Ending ending = typeWithoutEnd(act, in);
    in.restart();
    return ending;
  }

  private Ending typeWithoutEnd(Act act) {
    return typeWithoutEnd(act, sandbox);
  }

  private static Ending typeWithoutEnd(Act act, Sandbox in) {
    return Ending.of(() -> command(act).type(new Commands(in.services())));
  }

  private static Operation.Typing command(Act act) {
    return switch (act) {
      case UPDATE_V1 -> c -> c.update("v1");
      case UPDATE_V2 -> c -> c.update("v2");
      case ROLLBACK_V1 -> c -> c.rollBackTo("v1");
      case ROLLBACK_V2 -> c -> c.rollBackTo("v2");
      case UNDO -> Commands::undo;
      case BACKUP -> Commands::backUp;
      case VERIFY -> Commands::verify;
      case RETENTION -> Commands::cleanUp;
      case AUDIT_WRITE -> Commands::append;
      case RECOVER_FILE -> c -> c.recoverFile("hooks/pre_edit.py");
      case RECOVER_DIRECTORY -> c -> c.recoverDirectory("hooks", "v1");
      case RECOVER_VERSION -> c -> c.recoverVersion("v1");
      case EDIT_MINE, EDIT_RELEASED, DELETE_RELEASED, WAIT ->
          throw new IllegalStateException(act + " is no command");
    };
  }

  /** The operation of the matrix whose faults mean the same to it. */
  private static Operation like(Act act) {
    return switch (act) {
      case UPDATE_V1, UPDATE_V2 -> Operation.UPDATE;
      case ROLLBACK_V1, ROLLBACK_V2, UNDO -> Operation.ROLLBACK;
      case BACKUP -> Operation.BACKUP;
      case VERIFY -> Operation.VERIFY;
      case RETENTION -> Operation.RETENTION;
      case AUDIT_WRITE -> Operation.AUDIT_WRITE;
      case RECOVER_FILE -> Operation.RECOVER_FILE;
      case RECOVER_DIRECTORY -> Operation.RECOVER_DIRECTORY;
      case RECOVER_VERSION -> Operation.RECOVER_VERSION;
      case EDIT_MINE, EDIT_RELEASED, DELETE_RELEASED, WAIT ->
          throw new IllegalStateException(act + " is no command");
    };
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
  }
}
