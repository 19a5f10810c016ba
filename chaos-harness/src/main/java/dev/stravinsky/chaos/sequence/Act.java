package dev.stravinsky.chaos.sequence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done in a step: a command of the product's, or something that the user does. */
public enum Act {
  UPDATE_V1(4),
  UPDATE_V2(4),
  ROLLBACK_V1(2),
  ROLLBACK_V2(2),
  UNDO(3),
  BACKUP(2),
  VERIFY(1),
  RETENTION(2),
  AUDIT_WRITE(1),
  RECOVER_FILE(2),
  RECOVER_DIRECTORY(2),
  RECOVER_VERSION(2),
  /** The user appends a line to one of her own files. */
  EDIT_MINE(2),
  /** The user appends a line to a file of the release's. */
  EDIT_RELEASED(2),
  /** The user deletes a file of the release's. */
  DELETE_RELEASED(1),
  /** A hundred days go by. */
  WAIT(1);

  private final int weight;

  Act(int weight) {
    this.weight = weight;
  }

  /** How often it is drawn, compared with the others. */
  int weight() {
    return weight;
  }

  /** Whether the product does it, so that a fault can hit it. */
  public boolean isCommand() {
    return ordinal() < EDIT_MINE.ordinal();
  }

  /** As it is typed: {@code update-v1}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Act> of(String id) {
    return Arrays.stream(values()).filter(act -> act.id().equals(id)).findFirst();
  }
}
