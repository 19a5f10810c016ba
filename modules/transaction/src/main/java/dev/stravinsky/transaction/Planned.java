package dev.stravinsky.transaction;

import dev.stravinsky.api.transaction.Change;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A step to be staged.
 *
 * @param change the change it comes from; empty for directories that others need
 * @param model whose owner, and attributes if it is a file, the new side takes over
 */
record Planned(Step step, Optional<Change> change, Path model) {
  Planned with(Step other) {
    return new Planned(other, change, model);
  }
}
