package dev.stravinsky.chaos;

import java.util.Optional;

/**
 * One operation and one kind of fault.
 *
 * @param trials what is tried
 */
record Cell(Operation operation, FaultKind kind, Trials trials) {

  /** What is tried of a cell. */
  sealed interface Trials {
    /** The fault, in each of its places. */
    record Strikes(Fault fault) implements Trials {}

    /** Power cuts with each loss, and second ones while recovering. */
    record PowerCuts() implements Trials {}

    /** The index of the trail, on the disk itself, since SQLite opens nothing else. */
    record Indexes() implements Trials {}

    /** A plugin in the plugin host, on the disk itself, since that process sees nothing else. */
    record HungryPlugins() implements Trials {}

    /** Nothing, since it would mean nothing. */
    record Nothing(String because) implements Trials {}
  }

  /** As it is typed: {@code update/disk-full}. */
  String id() {
    return operation.id() + "/" + kind.id();
  }

  boolean isEmpty() {
    return because().isPresent();
  }

  /** Why there is nothing to try. */
  Optional<String> because() {
    return trials instanceof Trials.Nothing nothing
        ? Optional.of(nothing.because())
        : Optional.empty();
  }
}
