package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.spi.Notification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an update tells the trail and people beside its transaction's own event. Before anything is
 * changed, {@code safety.fail_safe_on_audit_error} decides whether a trail that cannot be written
 * stops the update; afterwards telling never changes how the update ended.
 */
final class UpdateTrail {
  private final Services services;
  private final Scope scope;
  private final Version from;
  private final Version to;
  private final String operation;
  private final Map<String, String> provenance;
  private final List<IOException> unwritten = new ArrayList<>();

  UpdateTrail(Services services, PlannedUpdate update) {
    this.services = services;
    this.scope = update.live().scope();
    this.from = update.from();
    this.to = update.to();
    this.provenance = provenance(update.release());
    this.operation = services.environment().ids().get();
  }

  /** The update begins; who accepted which check is part of it. */
  void started(List<CheckReport> reports, Set<String> accepted) throws IOException {
    write(draft(EventType.UPDATE_START, EventStatus.SUCCESS).withDetails(provenance));
    Set<String> used = new HashSet<>();
    reports.forEach(report -> report.results().forEach(r -> used.add(r.checkId())));
    used.retainAll(accepted);
    for (String checkId : used.stream().sorted().toList()) {
      EventDraft draft =
          EventDraft.of(
                  operation + "-accepted-" + checkId,
                  EventType.CHECK_ACCEPTED,
                  EventStatus.SUCCESS,
                  scope.key())
              .withVersions(from.value(), to.value())
              .withDetails(Map.of("check", checkId, "accepted_by", services.environment().user()));
      write(draft);
    }
  }

  /** Throws only where the settings say that an update stops without a trail. */
  void append(
      EventType type, EventStatus status, List<Problem> problems, Map<String, String> stoppedBy)
      throws IOException {
    write(draft(type, status, problems, stoppedBy));
  }

  private EventDraft draft(
      EventType type, EventStatus status, List<Problem> problems, Map<String, String> stoppedBy) {
    EventDraft draft = draft(type, status).withDetails(stoppedBy);
    return problems.isEmpty() ? draft : draft.withError(sentence(problems));
  }

  private EventDraft draft(EventType type, EventStatus status) {
    return EventDraft.of(operation + "-" + type, type, status, scope.key())
        .withVersions(from.value(), to.value());
  }

  /** Where the release is from, and who vouches for it. */
  private static Map<String, String> provenance(Release release) {
    Map<String, String> details = new TreeMap<>();
    details.put(
        "signature",
        switch (release.signature()) {
          case Signature.Unsigned unsigned -> "none";
          case Signature.Unchecked unchecked -> "unchecked, by key " + unchecked.keyId();
          case Signature.Verified verified -> "by key " + verified.keyId();
        });
    release.offer().ifPresent(offer -> details.put("channel", offer.name()));
    return details;
  }

  /** Never throws: how the update ended is decided. */
  void failed(List<Problem> problems) {
    failed(problems, Map.of());
  }

  /** The same where checks said so. */
  void failed(Verdict verdict) {
    failed(verdict.problems(), verdict.stoppedBy());
  }

  private void failed(List<Problem> problems, Map<String, String> stoppedBy) {
    EventDraft draft = draft(EventType.UPDATE_FAILED, EventStatus.FAILED, problems, stoppedBy);
    try {
      services.audit().append(draft);
    } catch (IOException | StravinskyException e) {
      services.audit().appendLate(draft);
      unwritten.add(e instanceof IOException io ? io : new IOException(e));
    }
  }

  /** Tells whoever the settings name; in the background. */
  void tell(EventType event, boolean critical, String summary) {
    services
        .notifications()
        .send(
            new Notification(
                event.name(),
                critical,
                summary,
                Optional.of("stravinsky audit log --limit 5"),
                services.environment().hostname(),
                services.environment().clock().instant()));
  }

  private void write(EventDraft draft) throws IOException {
    try {
      services.audit().append(draft);
    } catch (IOException e) {
      if (services.settings().safety().failSafeOnAuditError()) {
        throw unwritable(services, e);
      }
      services.audit().appendLate(draft);
      unwritten.add(e);
    }
  }

  /** What stops an operation whose settings do not let it go on without a trail. */
  static StravinskyException unwritable(Services services, IOException e) {
    return new StravinskyException(
        ExitStatus.FAILED,
        Problem.of(
                IoProblems.kind(e),
                "the trail cannot be written: "
                    + IoProblems.of(e, services.environment().home().directory()).message())
            .inFile(services.environment().home().operationsLog())
            .leaving("your files are as they were")
            .next("stravinsky config set safety.fail_safe_on_audit_error false"),
        e);
  }

  /** Events that could not be written, as warnings. */
  List<Problem> warnings() {
    return unwritten.stream()
        .map(
            e ->
                Problem.of(
                    ErrorKind.UNKNOWN,
                    "an event could not be written to the trail yet: " + e.getMessage()))
        .toList();
  }

  private static String sentence(List<Problem> problems) {
    return problems.stream().map(Problem::located).collect(Collectors.joining("; "));
  }
}
