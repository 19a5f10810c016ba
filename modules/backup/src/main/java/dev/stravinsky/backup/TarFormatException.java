package dev.stravinsky.backup;

/** The unpacked bytes are not the tar archive that was written. */
final class TarFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  TarFormatException(String message) {
    super(message);
  }
}
