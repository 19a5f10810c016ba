package dev.stravinsky.claude.settings;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Settings are JSON of a shape that Claude Code accepts. */
public final class SettingsSchema implements Validator {
  /** Claude Code does not start with a larger file. */
  private static final int MAX_BYTES = SettingsFault.MAX_BYTES;

  @Override
  public String id() {
    return "settings-schema";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE, Phase.STAGED, Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "settings.json and settings.local.json are JSON of at most 2 MiB. Wrong shapes that make"
        + " Claude Code drop a file or a hook, and matchers that do not compile, block; unknown"
        + " names and what stands there twice at most warn.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : SourceFile.in(context, Set.of("settings"))) {
      if (!context.cancellation().requested()) {
        findings.addAll(check(file));
      }
    }
    return findings;
  }

  private List<Finding> check(SourceFile file) throws IOException {
    if (!file.isFile()) {
      boolean link = Presence.isSymbolicLink(file.node().location());
      boolean there = Presence.exists(file.node().location(), LinkOption.NOFOLLOW_LINKS);
      return there
          ? List.of(found(file, Severity.WARN, link ? "a link that leads nowhere" : "is no file"))
          : List.of();
    }
    if (Files.size(file.node().content()) > MAX_BYTES) {
      return List.of(
          found(file, Severity.BLOCK, "is larger than 2 MiB: Claude Code does not start with it"));
    }
    byte[] content = file.read(MAX_BYTES).orElse(new byte[0]);
    if (new String(content, StandardCharsets.ISO_8859_1).isBlank()) {
      return List.of(found(file, Severity.WARN, "is empty, so it sets nothing"));
    }
    try {
      return judge(file, LocatedJson.parse(content));
    } catch (NotJsonException e) {
      return List.of(
          found(file, Severity.BLOCK, "is not JSON: " + e.getMessage())
              .atLine(e.line())
              .withHint("correct the line; Claude Code takes neither comments nor extra commas"));
    }
  }

  private List<Finding> judge(SourceFile file, LocatedJson json) {
    List<Finding> findings = new ArrayList<>();
    for (var violation : SettingsShape.violations(json.root())) {
      findings.add(at(json, violation.pointer(), found(file, Severity.BLOCK, violation.message())));
    }
    for (var matcher : HookMatchers.broken(json.root())) {
      findings.add(at(json, matcher.pointer(), found(file, Severity.BLOCK, matcher.message())));
    }
    for (String duplicate : json.duplicates()) {
      String message = LocatedJson.readable(duplicate) + " is there twice, only the last counts";
      findings.add(at(json, duplicate, found(file, Severity.WARN, message)));
    }
    for (var hook : HookMatchers.repeated(json.root())) {
      findings.add(at(json, hook.pointer(), found(file, Severity.WARN, hook.message())));
    }
    for (var oddity : SettingsOddities.in(json.root())) {
      findings.add(at(json, oddity.pointer(), found(file, Severity.WARN, oddity.message())));
    }
    return findings;
  }

  private static Finding at(LocatedJson json, String pointer, Finding finding) {
    var line = json.line(pointer);
    return line.isPresent() ? finding.atLine(line.getAsInt()) : finding;
  }

  private Finding found(SourceFile file, Severity severity, String message) {
    return Finding.of(id(), severity, ErrorKind.SCHEMA_ERROR, message).inFile(file.live());
  }
}
