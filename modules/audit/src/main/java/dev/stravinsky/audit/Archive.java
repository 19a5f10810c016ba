package dev.stravinsky.audit;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A closed part of the log, named after what is in it.
 *
 * @param first the seq of its first event
 * @param last the seq of its last event
 * @param day the day of its last event, UTC
 */
record Archive(Path file, long first, long last, LocalDate day) {
  private static final Pattern NAME =
      Pattern.compile("operations-(\\d{10,18})-(\\d{10,18})-(\\d{8})\\.log(\\.gz)?");

  static Optional<Archive> of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Archive(
              file,
              Long.parseLong(name.group(1)),
              Long.parseLong(name.group(2)),
              LocalDate.parse(name.group(3), DateTimeFormatter.BASIC_ISO_DATE)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The name, not packed, of the part with these events. */
  static String name(long first, long last, java.time.Instant lastEvent) {
    return "operations-%010d-%010d-%s.log"
        .formatted(
            first,
            last,
            DateTimeFormatter.BASIC_ISO_DATE.format(
                lastEvent.atOffset(ZoneOffset.UTC).toLocalDate()));
  }

  boolean packed() {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** What it is called when it is packed. */
  Path packedFile() {
    return packed() ? file : file.resolveSibling(file.getFileName() + ".gz");
  }

  boolean holds(long seq) {
    return seq >= first && seq <= last;
  }
}
