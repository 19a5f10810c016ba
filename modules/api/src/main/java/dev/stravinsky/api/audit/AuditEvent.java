package dev.stravinsky.api.audit;

import java.time.Instant;

/**
 * An event as it stands in the trail.
 *
 * @param seq 1 for the first event ever, without gaps, also over rotations
 * @param timestamp UTC, microseconds
 * @param prevHash the hash of the event before, 64 zeros for the first
 * @param hash SHA-256 of the canonical line without this field
 */
public record AuditEvent(
    long seq,
    Instant timestamp,
    String user,
    String hostname,
    EventDraft content,
    String prevHash,
    String hash) {}
