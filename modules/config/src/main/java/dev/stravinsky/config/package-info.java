/**
 * Turns {@code config.json} and the environment into typed settings, every error at once with its
 * JSON path and line.
 *
 * <p>{@link dev.stravinsky.config.Keys} is the one table of what can be set. The file is a JSON
 * object of sections ({@code backup}, {@code update}, {@code recovery}, {@code audit}, {@code
 * safety}) with their keys, and the arrays {@code targets} and {@code notify}; {@code
 * auto_rollback_on_failure} is taken at the top level too. {@code "format": 1} may be given; a
 * newer one is refused. The environment variable of a key is {@code STRAVINSKY_} and its path in
 * capitals.
 */
package dev.stravinsky.config;
