package dev.stravinsky.validator;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the checks side by side and reports them in their order. */
final class OrderedChecks implements CheckRunner, AutoCloseable {
  private final CheckCatalog catalog;
  private final OldFaults oldFaults = new OldFaults();

  /** The last thread of each validator: one that still hangs is not called a second time. */
  private final Map<Object, CheckThread> last = new IdentityHashMap<>();

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
  public synchronized CheckReport run(CheckRequest request) {
    List<CheckThread> running = new ArrayList<>();
    for (Check check : catalog.forRequest(request)) {
      CheckThread thread =
          new CheckThread(check, request, Optional.ofNullable(last.get(check.validator())));
      last.put(check.validator(), thread);
      thread.start();
      running.add(thread);
    }
    return new CheckReport(
        request.phase(), running.stream().map(thread -> result(thread, request)).toList());
  }

  @Override
  public void close() {
    catalog.close();
  }

  private Result result(CheckThread thread, CheckRequest request) {
    CheckThread.Outcome outcome = thread.await();
    List<Finding> findings = oldFaults.soften(thread.check(), outcome, request);
    boolean accepted = request.accepted().contains(thread.check().id());
    return new Result(
        thread.check().id(),
        outcome.ending(),
        findings.stream().map(f -> accepted ? atMostWarning(f) : f).toList(),
        outcome.duration());
  }

  private static Finding atMostWarning(Finding finding) {
    return finding.severity() == Severity.BLOCK ? finding.withSeverity(Severity.WARN) : finding;
  }
}
