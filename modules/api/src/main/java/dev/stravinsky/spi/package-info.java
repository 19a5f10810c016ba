/**
 * What others implement: checks, targets, audit sinks, backup listeners, release sources,
 * notifiers.
 *
 * <p>Implementations in plugins run in the plugin host, a process of its own; nothing that they do
 * can break an update. What they bring beside checks they declare in their manifest ({@code
 * docs/plugins.md}).
 */
package dev.stravinsky.spi;
