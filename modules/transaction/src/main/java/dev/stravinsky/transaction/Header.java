package dev.stravinsky.transaction;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a transaction from its first record on.
 *
 * @param bases the directories that each get a folder of the transaction
 */
record Header(
    String id,
    Scope scope,
    String kind,
    Instant started,
    Map<String, String> attributes,
    List<Target> targets,
    List<Path> bases) {

  Header {
    attributes = Map.copyOf(attributes);
    targets = List.copyOf(targets);
    bases = List.copyOf(bases);
  }

  /** The transaction's folder in a base. */
  Path folder(Path base) {
    return folder(id, base);
  }

  static Path folder(String id, Path base) {
    return base.resolve(TargetWalk.TRANSACTION_PREFIX + id);
  }

  /** What the folder is called while it is removed. */
  Path trash(Path base) {
    return base.resolve(TargetWalk.TRANSACTION_PREFIX + "trash-" + id);
  }

  /** What the folder is called once the transaction was abandoned. */
  Path kept(Path base) {
    return base.resolve(TargetWalk.TRANSACTION_PREFIX + "kept-" + id);
  }

  /** Under which version its conflicts are filed. */
  Version conflictVersion() {
    String named = attributes.getOrDefault(TransactionRequest.VERSION, "");
    return Version.isValid(named) ? new Version(named) : new Version("transaction-" + id);
  }

  TransactionRecord record(TransactionRecord.State state, List<Step> steps, boolean recovered) {
    List<Path> files = steps.stream().map(Step::live).toList();
    return new TransactionRecord(
        id, scope, kind, state, started, targets, files, attributes, recovered, Optional.empty());
  }
}
