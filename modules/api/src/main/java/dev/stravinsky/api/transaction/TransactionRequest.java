package dev.stravinsky.api.transaction;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a transaction is to do.
 *
 * @param scope whose version changes
 * @param kind the operation, for people and for the trail: {@code update}, {@code rollback}, ...
 * @param live the targets as they were when the changes were planned
 * @param changes at most one for each entry; the engine orders them
 * @param takesContents whether what puts bring is on the disk for good, is of one change each, and
 *     is wanted by nobody else: it is then moved into staging where that can be done
 * @param attributes kept in the journal and handed to the {@link Completion}, also after a crash
 */
public record TransactionRequest(
    Scope scope,
    String kind,
    List<TargetView> live,
    List<Change> changes,
    boolean takesContents,
    Map<String, String> attributes) {

  /**
   * The attribute that names the version under which {@link Conflicts} of the transaction are
   * filed.
   */
  public static final String VERSION = "to_version";

  public TransactionRequest {
    live = List.copyOf(live);
    changes = List.copyOf(changes);
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** One whose contents are copied. */
  public TransactionRequest(
      Scope scope,
      String kind,
      List<TargetView> live,
      List<Change> changes,
      Map<String, String> attributes) {
    this(scope, kind, live, changes, false, attributes);
  }
}
