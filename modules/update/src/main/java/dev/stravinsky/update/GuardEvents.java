package dev.stravinsky.update;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.spi.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the trail is told before a guarded program runs; its end is its transaction's event. */
final class GuardEvents {
  private final Services services;
  private final GuardRequest request;
  private final Version version;
  private final String operation;

  GuardEvents(Services services, GuardRequest request, Version version) {
    this.services = services;
    this.request = request;
    this.version = version;
    this.operation = services.environment().ids().get();
  }

  /** It is about to be run, with these checks accepted. */
  void started() throws IOException {
    append(draft(EventType.GUARD_START, EventStatus.SUCCESS));
    for (String check : request.accepted().stream().sorted().toList()) {
      append(
          EventDraft.of(
                  operation + "-accepted-" + check,
                  EventType.CHECK_ACCEPTED,
                  EventStatus.SUCCESS,
                  request.scope().key())
              .withVersion(version.value())
              .withDetails(Map.of("check", check, "accepted_by", services.environment().user())));
    }
  }

  /** It is not. */
  void blocked(List<Problem> problems, List<Finding> blocking) throws IOException {
    String sentence = problems.stream().map(Problem::located).collect(Collectors.joining("; "));
    append(
        draft(EventType.GUARD_BLOCKED, EventStatus.BLOCKED)
            .withDetails(StoppedBy.checks(blocking))
            .withError(sentence));
  }

  private EventDraft draft(EventType type, EventStatus status) {
    return EventDraft.of(operation + "-" + type, type, status, request.scope().key())
        .withVersion(version.value())
        .withDetails(Map.of("command", GuardTrail.command(request.command())));
  }

  private void append(EventDraft draft) throws IOException {
    try {
      services.audit().append(draft);
    } catch (IOException e) {
      if (services.settings().safety().failSafeOnAuditError()) {
        throw UpdateTrail.unwritable(services, e);
      }
      // The settings say that an operation goes on without a trail.
      services.audit().appendLate(draft);
    }
  }
}
