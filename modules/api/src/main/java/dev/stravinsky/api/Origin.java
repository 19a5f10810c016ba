package dev.stravinsky.api;

/** Who brought a file: updates and rollbacks leave the user's own files untouched. */
public enum Origin {
  RELEASE,
  USER
}
