package dev.stravinsky.api.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;

/**
 * One file or link of a release.
 *
 * @param target the target's name
 * @param path relative to the target's root
 * @param state what the release says it is; a {@link EntryState.Regular} or {@link EntryState.Link}
 */
public record ReleaseFile(String target, EntryPath path, EntryState state) {}
