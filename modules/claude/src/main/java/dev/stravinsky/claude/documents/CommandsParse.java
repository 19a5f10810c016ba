package dev.stravinsky.claude.documents;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.documents.FrontMatter.BrokenException;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commands, agents, skills, rules and output styles have front matter that can be read. */
public final class CommandsParse implements Validator {
  private static final int MAX_BYTES = 2 * 1024 * 1024;
  private static final Set<String> TARGETS =
      Set.of("commands", "agents", "skills", "rules", "output-styles");
  private static final Set<String> TEXTS =
      Set.of("name", "description", "argument-hint", "model", "color", "permissionMode");

  @Override
  public String id() {
    return "commands-parse";
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
    return "The YAML front matter of commands, agents, skills, rules and output styles can be read;"
        + " an agent says its name and description; none is larger than 2 MiB. Two of one name only"
        + " warn.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>();
    NameClashes clashes = new NameClashes();
    for (SourceFile file : SourceFile.in(context, TARGETS)) {
      if (!context.cancellation().requested() && isDocument(file)) {
        findings.addAll(check(file, clashes));
      }
    }
    return findings;
  }

  /** In skills only SKILL.md is Claude Code's; the rest is whatever the skill needs. */
  private static boolean isDocument(SourceFile file) {
    return file.view().target().name().equals("skills")
        ? file.name().equals("SKILL.md")
        : file.extension().equals("md");
  }

  private List<Finding> check(SourceFile file, NameClashes clashes) throws IOException {
    Optional<byte[]> content = file.read(MAX_BYTES);
    if (content.isEmpty()) {
      return file.isFile()
          ? List.of(
              found(file, Severity.BLOCK, "is larger than 2 MiB: Claude Code does not read it"))
          : List.of();
    }
    Optional<String> text = utf8(content.get());
    if (text.isEmpty()) {
      return List.of(found(file, Severity.WARN, "is not UTF-8 text"));
    }
    try {
      Optional<FrontMatter> matter = FrontMatter.of(text.get());
      List<Finding> findings = new ArrayList<>(judge(file, matter));
      clashes
          .add(file, matter)
          .map(clash -> found(file, Severity.WARN, clash))
          .map(f -> f.atLine(matter.map(m -> m.line("name")).orElse(1)))
          .ifPresent(findings::add);
      return findings;
    } catch (BrokenException e) {
      return List.of(found(file, Severity.BLOCK, e.getMessage()).atLine(e.line()));
    }
  }

  private List<Finding> judge(SourceFile file, Optional<FrontMatter> matter) {
    List<Finding> findings = new ArrayList<>();
    matter
        .filter(FrontMatter::lenient)
        .ifPresent(
            m ->
                findings.add(
                    found(file, Severity.WARN, "the front matter is no strict YAML")
                        .withHint("put texts with \": \", [ or # in them into quotes")));
    findings.addAll(texts(file, matter));
    switch (file.view().target().name()) {
      case "agents" -> findings.addAll(agent(file, matter));
      case "skills" -> findings.addAll(missing(file, matter, Severity.WARN, "description"));
      default -> {}
    }
    return findings;
  }

  /** A file without front matter among the agents is a note; one with it is an agent. */
  private List<Finding> agent(SourceFile file, Optional<FrontMatter> matter) {
    if (matter.isEmpty()) {
      return file.name().equalsIgnoreCase("README.md")
          ? List.of()
          : List.of(found(file, Severity.WARN, "has no front matter, so it is no agent"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.addAll(missing(file, matter, Severity.BLOCK, "name"));
    findings.addAll(missing(file, matter, Severity.BLOCK, "description"));
    return findings;
  }

  private List<Finding> missing(
      SourceFile file, Optional<FrontMatter> matter, Severity severity, String key) {
    Object value = matter.map(m -> m.values().get(key)).orElse(null);
    return value == null || value.toString().isBlank()
        ? List.of(
            found(file, severity, "the front matter has no " + key)
                .atLine(matter.map(m -> m.line(key)).orElse(1)))
        : List.of();
  }

  private List<Finding> texts(SourceFile file, Optional<FrontMatter> matter) {
    List<Finding> findings = new ArrayList<>();
    matter.ifPresent(
        m ->
            TEXTS.stream()
                .sorted()
                .filter(key -> m.values().get(key) instanceof Map<?, ?>)
                .forEach(
                    key ->
                        findings.add(
                            found(file, Severity.WARN, key + " is no text").atLine(m.line(key)))));
    return findings;
  }

  private static Optional<String> utf8(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Finding found(SourceFile file, Severity severity, String message) {
    return Finding.of(id(), severity, ErrorKind.PARSE_ERROR, message).inFile(file.live());
  }
}
