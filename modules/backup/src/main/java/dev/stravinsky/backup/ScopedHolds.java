package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import dev.stravinsky.api.update.Holds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** {@link Holds} over one small file that is read anew each time. */
final class ScopedHolds implements Holds {
  private final Services services;
  private final ScopesFile<HeldVersions> file;

  ScopedHolds(Services services) {
    this.services = services;
    this.file =
        new ScopesFile<>(
            services.environment().home().holds(), "stravinsky unhold --all", new HoldsForm());
  }

  @Override
  public HeldVersions of(Scope scope) throws IOException {
    return in(file.read(), scope);
  }

  @Override
  public boolean hold(Scope scope, Version version, Optional<String> reason) throws IOException {
    Hold hold = new Hold(version, Cause.USER, services.environment().clock().instant(), reason);
    return changed(
        scope,
        "hold",
        Optional.of(version),
        held -> {
          boolean same =
              held.holdOf(version)
                  .filter(h -> !h.automatic() && h.reason().equals(reason))
                  .isPresent();
          return same ? held : with(held, hold);
        });
  }

  @Override
  public boolean unhold(Scope scope, Version version) throws IOException {
    return changed(scope, "unhold", Optional.of(version), held -> without(held, version));
  }

  @Override
  public boolean clear(Scope scope) throws IOException {
    try (Lease lock = services.transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      try {
        file.read();
      } catch (DamagedException e) {
        file.write(Map.of());
        tell(scope, "clear", Optional.empty());
        return true;
      }
      return changed(
          scope,
          "clear",
          Optional.empty(),
          held -> new HeldVersions(scope, List.of(), Optional.empty()));
    }
  }

  @Override
  public boolean pin(Scope scope, Version version) throws IOException {
    return changed(
        scope,
        "pin",
        Optional.of(version),
        held -> new HeldVersions(scope, held.holds(), Optional.of(version)));
  }

  @Override
  public boolean unpin(Scope scope) throws IOException {
    return changed(
        scope,
        "unpin",
        of(scope).pin(),
        held -> new HeldVersions(scope, held.holds(), Optional.empty()));
  }

  @Override
  public void failed(Scope scope, Hold hold) throws IOException {
    replaced(
        scope,
        held ->
            held.holdOf(hold.version()).filter(h -> !h.automatic()).isPresent()
                ? held
                : with(held, hold));
  }

  @Override
  public void installed(Scope scope, Version version) throws IOException {
    replaced(
        scope,
        held ->
            held.holdOf(version).filter(Hold::automatic).isPresent()
                ? without(held, version)
                : held);
  }

  private boolean changed(
      Scope scope, String what, Optional<Version> version, UnaryOperator<HeldVersions> change)
      throws IOException {
    try (Lease lock = services.transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      boolean changes = replaced(scope, change);
      if (changes) {
        tell(scope, what, version);
      }
      return changes;
    }
  }

  private boolean replaced(Scope scope, UnaryOperator<HeldVersions> change) throws IOException {
    try (Lease lock = services.transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      Map<String, HeldVersions> all = new TreeMap<>(file.read());
      HeldVersions before = in(all, scope);
      HeldVersions after = change.apply(before);
      if (after.holds().equals(before.holds()) && after.pin().equals(before.pin())) {
        return false;
      }
      if (after.holds().isEmpty() && after.pin().isEmpty()) {
        all.remove(scope.key());
      } else {
        all.put(scope.key(), after);
      }
      file.write(all);
      return true;
    }
  }

  private static HeldVersions in(Map<String, HeldVersions> all, Scope scope) {
    HeldVersions none = new HeldVersions(scope, List.of(), Optional.empty());
    HeldVersions known = all.getOrDefault(scope.key(), none);
    return new HeldVersions(scope, known.holds(), known.pin());
  }

  private void tell(Scope scope, String what, Optional<Version> version) throws IOException {
    EventDraft draft =
        EventDraft.of(
                services.environment().ids().get() + "-" + what,
                EventType.HOLD_CHANGED,
                EventStatus.SUCCESS,
                scope.key())
            .withDetails(Map.of("change", what));
    services.audit().append(version.map(v -> draft.withVersion(v.value())).orElse(draft));
  }

  private static HeldVersions with(HeldVersions held, Hold hold) {
    List<Hold> holds = new ArrayList<>(without(held, hold.version()).holds());
    holds.add(hold);
    return new HeldVersions(held.scope(), holds, held.pin());
  }

  private static HeldVersions without(HeldVersions held, Version version) {
    return new HeldVersions(
        held.scope(),
        held.holds().stream().filter(h -> !h.version().equals(version)).toList(),
        held.pin());
  }
}
