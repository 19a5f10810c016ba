package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;

/**
 * A rollback as asked for.
 *
 * @param exact also remove and restore the user's own files, so that the backup's state is met
 *     exactly
 * @param plugins whether plugins' checks run
 * @param dryRun only say what would happen
 */
public record RollbackRequest(Scope scope, boolean exact, boolean plugins, boolean dryRun) {}
