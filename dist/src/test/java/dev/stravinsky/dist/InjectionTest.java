package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every system call of an update that changes something or makes it durable fails once with each
 * error, and once the process is killed at it.
 */
@Tag("disk")
class InjectionTest {
  private static final String SUITE = "strace";
  private static final List<String> FAULTS = List.of("error=EIO", "error=ENOSPC", "signal=SIGKILL");

  /** How many, evenly spread; 0 for all. */
  private static final int INJECTIONS = Integer.getInteger("stravinsky.injections", 10);

  /** Only those whose description has this: to repeat one. */
  private static final String CHOSEN = System.getProperty("stravinsky.injection", "");

  /** Each has a home of its own. */
  private static final int WORKERS = Integer.getInteger("stravinsky.workers", 1);

  @TempDir Path temporary;

  private record Injection(Call call, String fault) {
    List<String> options() {
      return List.of(
          "-e",
          "trace=" + Call.NAMES,
          "-e",
          "inject=" + call.name() + ":" + fault + ":when=" + call.number());
    }

    boolean kills() {
      return fault.startsWith("signal");
    }

    @Override
    public String toString() {
      return fault + " at " + call.name() + " " + call.number() + " (" + call.line() + ")";
    }
  }

  @Test
  void update_eachCallFailsOrKills_isOldOrNewAsAWhole() throws Exception {
    Tools.require(SUITE, "strace");
    Tally tally = new Tally(SUITE);
    List<Traced> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Path folder = Files.createDirectory(temporary.resolve("worker" + i));
      workers.add(new Traced(new Trial(folder, folder.resolve("home"), 0), folder));
    }
    List<Call> calls = calls(workers.getFirst());
    List<Injection> all = new ArrayList<>();
    calls.forEach(call -> FAULTS.forEach(fault -> all.add(new Injection(call, fault))));
    all.removeIf(injection -> !injection.toString().contains(CHOSEN));
    List<Injection> chosen = spread(all, tally.random().nextDouble());
    Queue<Injection> open = new ConcurrentLinkedQueue<>(chosen);
    try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<Void>> ends = new ArrayList<>();
      workers.forEach(worker -> ends.add(threads.submit(() -> work(open, worker, tally))));
      for (Future<Void> end : ends) {
        end.get();
      }
    }
    tally.sum(tally.count() + " injections of " + all.size() + " at " + calls.size() + " calls");
    assertThat(tally.count()).isEqualTo(chosen.size());
  }

  private static Void work(Queue<Injection> open, Traced traced, Tally tally) throws Exception {
    Injection next = open.poll();
    while (next != null) {
      inject(next, traced, tally);
      next = open.poll();
    }
    return null;
  }

  private static void inject(Injection injection, Traced traced, Tally tally) throws Exception {
    Trial trial = traced.trial();
    trial.restore();
    Traced.Result result = traced.run(injection.options());
    seenOnce(trial, injection, result).forEach(tally::violation);
    Aftermath aftermath = trial.aftermath();
    if (!injection.kills()) {
      aftermath.ended(result.run());
    }
    aftermath.atOnce();
    aftermath.status();
    aftermath.again(trial.types());
    tally.add(injection.toString(), aftermath);
  }

  /** The calls of a clean run; only one thread of the process makes any. */
  private static List<Call> calls(Traced traced) throws Exception {
    Trial trial = traced.trial();
    List<String> trace = List.of("-e", "trace=" + Call.NAMES);
    trial.restore();
    Traced.Result whole = traced.runWhole(trace);
    assertThat(whole.run().status()).as(whole.run().toString()).isZero();
    List<Call> inAllThreads = Call.below(trial.user().home(), whole.calls());
    assertThat(inAllThreads.stream().map(InjectionTest::thread).collect(Collectors.toSet()))
        .as("threads that change files")
        .hasSize(1);
    trial.restore();
    Traced.Result main = traced.run(trace);
    assertThat(main.run().status()).as(main.run().toString()).isZero();
    List<Call> calls = Call.below(trial.user().home(), main.calls());
    assertThat(calls).hasSameSizeAs(inAllThreads).hasSizeGreaterThan(100);
    return calls;
  }

  private static String thread(Call call) {
    return call.line().substring(0, call.line().indexOf(' '));
  }

  private static List<Injection> spread(List<Injection> all, double offset) {
    if (INJECTIONS == 0 || INJECTIONS >= all.size()) {
      return all;
    }
    List<Injection> chosen = new ArrayList<>();
    for (int i = 0; i < INJECTIONS; i++) {
      chosen.add(all.get((int) ((i + offset) * all.size() / INJECTIONS)));
    }
    return chosen;
  }

  /** Exactly one call was struck, the one that was meant. */
  private static List<String> seenOnce(Trial trial, Injection injection, Traced.Result result)
      throws IOException {
    Pattern mark =
        Pattern.compile(
            injection.kills() ? "\\+\\+\\+ killed by SIGKILL \\+\\+\\+" : "\\(INJECTED\\)");
    long marks = result.calls().stream().filter(line -> mark.matcher(line).find()).count();
    List<String> upTo = new ArrayList<>();
    for (String line : result.calls()) {
      if (injection.kills() && mark.matcher(line).find()) {
        break;
      }
      upTo.add(line);
      if (mark.matcher(line).find()) {
        break;
      }
    }
    List<Call> reached = Call.below(trial.user().home(), upTo);
    Call call = injection.call();
    boolean hit =
        marks == 1
            && !reached.isEmpty()
            && reached.getLast().name().equals(call.name())
            && reached.getLast().number() == call.number();
    return hit
        ? List.of()
        : List.of(injection + ": not injected once: " + marks + " marks, " + reached.getLast());
  }
}
