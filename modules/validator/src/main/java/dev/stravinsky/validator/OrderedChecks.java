package dev.stravinsky.validator;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Judged;
import dev.stravinsky.api.check.CheckReport.Reason;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs the checks side by side and reports them in their order. */
final class OrderedChecks implements CheckRunner {
  private final CheckCatalog catalog;
  private final OldFaults oldFaults = new OldFaults();

  /** The threads that have not ended: a validator that still hangs is not called a second time. */
  private final Map<Object, CheckThread> last =
      Collections.synchronizedMap(new IdentityHashMap<>());

  OrderedChecks(CheckCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void warmUp() {
    catalog.warmUp();
  }

  @Override
  public List<String> checkIds(boolean plugins) {
    return catalog.ids(plugins);
  }

  @Override
  public void noMoreChecks() {
    catalog.noMoreChecks();
  }

  @Override
  public synchronized List<CheckReport> run(List<CheckRequest> requests, Runnable meanwhile) {
    last.values().removeIf(thread -> !thread.isBusy());
    List<CheckRequest> before =
        requests.stream().filter(request -> request.phase() != Phase.POST_UPDATE).toList();
    List<CheckReport> reports = new ArrayList<>(sideBySide(before, meanwhile));
    requests.stream()
        .filter(request -> request.phase() == Phase.POST_UPDATE)
        .forEach(request -> reports.add(report(request, othersFirst(request))));
    return reports;
  }

  /** Our own need not wait for the process that plugins run in. */
  private List<CheckReport> sideBySide(List<CheckRequest> requests, Runnable meanwhile) {
    var theirs = new FutureTask<>(() -> inTurn(requests, catalog::others));
    Thread aside = Thread.ofPlatform().daemon().name("checks elsewhere").start(theirs);
    List<List<CheckThread>> own = inTurn(requests, catalog::own);
    if (!mayBlock(own) && requests.stream().anyMatch(catalog::hasOthers)) {
      meanwhile.run();
    }
    List<List<CheckThread>> others = joined(theirs, aside);
    List<CheckReport> reports = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      List<CheckThread> all = Stream.concat(own.get(i).stream(), others.get(i).stream()).toList();
      reports.add(report(requests.get(i), all));
    }
    return reports;
  }

  private static boolean mayBlock(List<List<CheckThread>> ended) {
    return ended.stream()
        .flatMap(List::stream)
        .flatMap(thread -> thread.outcome().findings().stream())
        .anyMatch(finding -> finding.severity() == Severity.BLOCK);
  }

  private List<List<CheckThread>> inTurn(
      List<CheckRequest> requests, Function<CheckRequest, List<Check>> checks) {
    List<List<CheckThread>> ended = new ArrayList<>();
    for (CheckRequest request : requests) {
      List<CheckThread> running =
          checks.apply(request).stream().map(check -> start(check, request)).toList();
      CheckThread.awaitAll(running);
      ended.add(running);
    }
    return ended;
  }

  /** Waits for it; an interruption is handed on to it, which cuts its checks off. */
  private static <T> T joined(FutureTask<T> task, Thread thread) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Others can write: what is live is compared with what was installed when they have ended. */
  private List<CheckThread> othersFirst(CheckRequest request) {
    List<Check> own = catalog.own(request);
    List<Check> others = catalog.others(request);
    Predicate<Check> waits = check -> !others.isEmpty() && check.kind() == Check.Kind.MACHINE;
    Map<Check, CheckThread> running = new IdentityHashMap<>();
    List<Check> all = Stream.concat(own.stream(), others.stream()).toList();
    for (boolean comparing : new boolean[] {false, true}) {
      all.stream()
          .filter(check -> waits.test(check) == comparing)
          .forEach(check -> running.put(check, start(check, request)));
      CheckThread.awaitAll(List.copyOf(running.values()));
    }
    return all.stream().map(running::get).toList();
  }

  private CheckThread start(Check check, CheckRequest request) {
    CheckThread thread =
        new CheckThread(check, request, Optional.ofNullable(last.get(check.validator())));
    last.put(check.validator(), thread);
    thread.start();
    return thread;
  }

  private CheckReport report(CheckRequest request, List<CheckThread> ended) {
    if (request.phase() == Phase.STAGED) {
      oldFaults.forget();
    }
    return new CheckReport(
        request.phase(), ended.stream().map(thread -> result(thread, request)).toList());
  }

  private Result result(CheckThread thread, CheckRequest request) {
    Check check = thread.check();
    CheckThread.Outcome outcome = thread.outcome();
    List<Finding> softened = oldFaults.soften(check, outcome, request);
    boolean accepted = request.accepted().contains(check.id());
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < softened.size(); i++) {
      Finding finding = softened.get(i);
      Optional<String> evidence = outcome.evidence(i);
      if (accepted && finding.severity() == Severity.BLOCK) {
        judged.add(new Judged(finding.withSeverity(Severity.WARN), Reason.ACCEPTED, evidence));
      } else {
        boolean old = !finding.equals(outcome.findings().get(i));
        Reason reason = old ? Reason.OLD_FAULT : reason(check, finding, outcome, request);
        judged.add(new Judged(finding, reason, evidence));
      }
    }
    return new Result(check.id(), thread.rule(), outcome.ending(), judged, outcome.duration());
  }

  private static Reason reason(
      Check check, Finding finding, CheckThread.Outcome outcome, CheckRequest request) {
    if (outcome.ending() != Ending.COMPLETED) {
      return outcome.ending() == Ending.COULD_NOT_CHECK
          ? Reason.COULD_NOT_CHECK
          : Reason.CHECK_FAILED;
    }
    if (finding.severity() != Severity.BLOCK) {
      return Reason.OWN_SEVERITY;
    }
    if (!OldFaults.mayBeOld(check, List.of(finding))) {
      return Reason.AS_THINGS_ARE;
    }
    return request.before().isPresent() ? Reason.NEW : Reason.IN_FORCE;
  }
}
