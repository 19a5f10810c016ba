package dev.stravinsky.cli.command;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.cli.output.Output;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Differences of files, for people. */
final class DifferenceOutput {
  private final Output output;
  private final boolean brief;

  /** {@code brief}: only the names. */
  DifferenceOutput(Output output, boolean brief) {
    this.output = output;
    this.brief = brief;
  }

  void print(TextDifference each) {
    output.line(BackupDiff.sign(each.difference()) + " " + BackupDiff.place(each.difference()));
    each.lines().forEach(line -> output.line(line.replace("\t", "    ")));
    what(each).ifPresent(output::item);
  }

  Map<String, Object> json(TextDifference each) {
    Map<String, Object> json = BackupDiff.json(each.difference());
    if (!brief) {
      json.put("content", each.kind().name().toLowerCase(Locale.ROOT));
      json.put("text", each.lines());
    }
    return json;
  }

  /** Why no lines are shown. */
  private Optional<String> what(TextDifference each) {
    EntryState from = each.difference().before();
    EntryState to = each.difference().after();
    return switch (each.kind()) {
      case TEXT -> Optional.empty();
      case BINARY -> Optional.of("(no text)");
      case LARGE -> Optional.of("(more than 1 MB)");
      case NOTHING -> {
        boolean content =
            from instanceof EntryState.Regular a
                && to instanceof EntryState.Regular b
                && !a.sha256().equals(b.sha256());
        yield brief
            ? Optional.empty()
            : content
                ? Optional.of("(only in what looks like a secret; --show-secrets shows it)")
                : Optional.of("(" + state(from) + " -> " + state(to) + ")");
      }
    };
  }

  private static String state(EntryState state) {
    return switch (state) {
      case EntryState.Regular file -> String.format(Locale.ROOT, "file, mode %04o", file.mode());
      case EntryState.Directory folder ->
          String.format(Locale.ROOT, "folder, mode %04o", folder.mode());
      case EntryState.Link link -> "link to " + link.target();
      case EntryState.Absent absent -> "nothing";
    };
  }
}
