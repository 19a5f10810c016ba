package dev.stravinsky.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that people should know.
 *
 * @param event the trail's event type: {@code AUTO_ROLLBACK}, {@code UPDATE_FAILED}, ...
 * @param critical whether somebody has to act
 * @param summary one sentence, without secrets
 * @param nextCommand what to type
 */
public record Notification(
    String event,
    boolean critical,
    String summary,
    Optional<String> nextCommand,
    String hostname,
    Instant timestamp) {}
