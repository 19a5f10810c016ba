package dev.stravinsky.api.platform;

import java.time.Instant;

/**
 * Who took a lock, as kept beside it for the people who wait.
 *
 * @param pid process id
 * @param bootId the boot in which that id means something, empty where unknown
 * @param since when the lock was taken
 * @param command the command as typed
 */
public record LockOwner(long pid, String bootId, Instant since, String command) {}
