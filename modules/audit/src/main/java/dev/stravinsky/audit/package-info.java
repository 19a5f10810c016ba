/**
 * The hash-chained trail of everything that happened.
 *
 * <p>{@code audit/operations.log} is the truth: one canonical JSON object a line ({@link
 * dev.stravinsky.audit.EventLine}), each with the SHA-256 of itself and of the line before it.
 * Older lines are in {@code audit/archive/operations-FIRST-LAST-DATE.log.gz}. {@code
 * audit/head.json} has the place and hash of the last event, written after the event was forced.
 * {@code audit/audit.db} is an SQLite index that can be thrown away at any time. {@code
 * audit/torn/} keeps half-written lines that a crash left. {@code docs/audit-log.md} describes all
 * of it for people.
 */
package dev.stravinsky.audit;
