package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import java.util.Locale;

/** How what an event tells of ended; each has a colour and, for who cannot tell them, a shape. */
enum Outcome {
  GOOD("done", "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z"),
  BACK("rolled back", "M0,-6L6,0L0,6L-6,0Z"),
  STOPPED("blocked", "M-4.5,-4.5H4.5V4.5H-4.5Z"),
  BAD("failed", "M0,-6L6,5H-6Z");

  private final String word;
  private final String shape;

  Outcome(String word, String shape) {
    this.word = word;
    this.shape = shape;
  }

  static Outcome of(AuditEvent event) {
    return switch (event.content().status()) {
      case SUCCESS ->
          switch (event.content().type()) {
            case AUTO_ROLLBACK, CRASH_RECOVERED -> BACK;
            case BACKUP_QUARANTINED, PLUGIN_FAILED, NOTIFICATION_FAILED -> BAD;
            default -> GOOD;
          };
      case FAILED -> BAD;
      case ROLLED_BACK -> BACK;
      case BLOCKED -> STOPPED;
    };
  }

  String word() {
    return word;
  }

  /** The class that gives it its colour. */
  String css() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An SVG path around the middle of the mark. */
  String shape() {
    return shape;
  }
}
