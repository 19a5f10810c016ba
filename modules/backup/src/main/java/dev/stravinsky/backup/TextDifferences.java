package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.backup.TextDifference.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changed within files, found by unpacking only those that differ. */
final class TextDifferences {
  /** A file of more is named, not shown. */
  private static final long MAX_BYTES = 1 << 20;

  private final List<Difference> differences;
  private final UnaryOperator<String> shown;

  TextDifferences(List<Difference> differences, UnaryOperator<String> shown) {
    this.differences = differences;
    this.shown = shown;
  }

  List<TextDifference> between(Backup before, Backup after) throws IOException {
    Map<String, BackupEntry> first = entries(before);
    Map<String, BackupEntry> second = entries(after);
    try (Backup.Extraction left = before.extract(first.values());
        Backup.Extraction right = after.extract(second.values())) {
      return all(content(first, left), content(second, right));
    }
  }

  List<TextDifference> between(Backup before, List<TargetView> live) throws IOException {
    Map<String, BackupEntry> first = entries(before);
    try (Backup.Extraction left = before.extract(first.values())) {
      return all(content(first, left), content(live));
    }
  }

  List<TextDifference> between(List<TargetView> before, List<TargetView> after) throws IOException {
    return all(content(before), content(after));
  }

  private static Map<String, Path> content(List<TargetView> views) throws IOException {
    Map<String, Path> content = new HashMap<>();
    for (TargetView view : views) {
      String level = view.target().scope().level();
      for (TargetView.Node node : view.nodes()) {
        Path file = node.content();
        if (Presence.isRegularFile(file)) {
          content.put(key(view.target().name(), level, node.path().encoded()), file);
        }
      }
    }
    return content;
  }

  private List<TextDifference> all(Map<String, Path> before, Map<String, Path> after)
      throws IOException {
    List<TextDifference> all = new ArrayList<>();
    for (Difference each : differences) {
      all.add(one(each, before, after));
    }
    return all;
  }

  private TextDifference one(Difference each, Map<String, Path> before, Map<String, Path> after)
      throws IOException {
    String key = key(each);
    Optional<Path> left = Optional.ofNullable(before.get(key)).filter(p -> !each.added());
    Optional<Path> right = Optional.ofNullable(after.get(key)).filter(p -> !each.removed());
    for (Path file : Stream.concat(left.stream(), right.stream()).toList()) {
      if (Files.size(file) > MAX_BYTES) {
        return new TextDifference(each, Kind.LARGE, List.of());
      }
    }
    byte[] old = left.isPresent() ? Files.readAllBytes(left.get()) : new byte[0];
    byte[] now = right.isPresent() ? Files.readAllBytes(right.get()) : new byte[0];
    if (!isText(old) || !isText(now)) {
      return new TextDifference(each, Kind.BINARY, List.of());
    }
    List<String> hunks = UnifiedDiff.of(text(old), text(now));
    if (hunks.isEmpty()) {
      return new TextDifference(each, Kind.NOTHING, List.of());
    }
    String name = each.target() + "/" + each.level() + "/" + each.path().readable();
    List<String> lines = new ArrayList<>();
    lines.add("--- " + (left.isPresent() ? "a/" + name : "/dev/null"));
    lines.add("+++ " + (right.isPresent() ? "b/" + name : "/dev/null"));
    lines.addAll(hunks);
    return new TextDifference(each, Kind.TEXT, lines);
  }

  /** The backup's entries that have content and differ, and are small enough to be shown. */
  private Map<String, BackupEntry> entries(Backup backup) throws IOException {
    Set<String> wanted = differences.stream().map(TextDifferences::key).collect(Collectors.toSet());
    Map<String, BackupEntry> entries = new HashMap<>();
    try (Stream<BackupEntry> all = backup.entries()) {
      all.filter(e -> e.state() instanceof EntryState.Regular || e.linked().isPresent())
          .forEach(
              e -> {
                String key = key(e.target(), e.level(), e.path().encoded());
                if (wanted.contains(key)) {
                  entries.put(key, e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return entries;
  }

  private static Map<String, Path> content(
      Map<String, BackupEntry> entries, Backup.Extraction extraction) {
    Map<String, Path> content = new HashMap<>();
    entries.forEach(
        (key, entry) -> extraction.content(entry).ifPresent(file -> content.put(key, file)));
    return content;
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return RawNames.isUtf8(bytes);
  }

  /** What is not to be seen is hidden before the comparison: no line is cut in two by it. */
  private String text(byte[] bytes) {
    return shown.apply(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String key(Difference each) {
    return key(each.target(), each.level(), each.path().encoded());
  }

  private static String key(String target, String level, String path) {
    return target + "\0" + level + "\0" + path;
  }
}
