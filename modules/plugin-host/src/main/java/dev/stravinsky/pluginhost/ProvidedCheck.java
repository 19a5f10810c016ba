package dev.stravinsky.pluginhost;

import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** A plugin's validator and what it said of itself, asked once. */
record ProvidedCheck(
    String id,
    Set<Phase> phases,
    Duration timeLimit,
    String explanation,
    String plugin,
    Validator validator) {

  /** Asks the validator; whatever it throws is the caller's. */
  static ProvidedCheck ask(String plugin, Validator validator) {
    String id = validator.id();
    if (id == null || !id.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException("not a check's id: " + id);
    }
    Set<Phase> phases = validator.phases();
    Duration limit = validator.timeLimit();
    if (phases == null || limit == null || limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(id + " has no phases or no time limit");
    }
    String explanation = validator.explanation();
    return new ProvidedCheck(
        id, Set.copyOf(phases), limit, explanation == null ? "" : explanation, plugin, validator);
  }

  ObjectNode json() {
    ObjectNode json = ProtocolOutput.message("check");
    json.put("id", id)
        .put("plugin", plugin)
        .put("time_limit_ms", timeLimit.toMillis())
        .put("explanation", explanation);
    new TreeSet<>(phases).forEach(phase -> json.withArray("phases").add(phase.name()));
    return json;
  }
}
