package dev.stravinsky.spi;

/** What a finding leads to. */
public enum Severity {
  INFO,
  WARN,
  /** Before the swap the update is refused; after it the error kind decides on a rollback. */
  BLOCK
}
