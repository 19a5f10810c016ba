/**
 * The page, statistics in their formats, and telling people.
 *
 * <p>Statistics are written as text for people, as JSON ({@code "format": 1}) and in Prometheus'
 * text exposition format 0.0.4. Notifications go to the commands and webhooks of {@code
 * config.json} and to every {@link dev.stravinsky.spi.Notifier} on the module path: in the
 * background, with time limits, and never in the way of what they tell of. What could not be
 * delivered becomes an event {@code NOTIFICATION_FAILED} in the trail.
 */
package dev.stravinsky.report;
