package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;

/** An executable that is started for each phase, told the context and asked for its findings. */
final class ExecutableCheck implements Validator {
  private static final int MAX_OUTPUT_BYTES = 1024 * 1024;
  private static final int MAX_FIRST_LINE_BYTES = 256;
  private static final Duration POLL = Duration.ofMillis(20);

  /** How long something in the background may keep the pipe open without a word. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final String id;
  private final Path file;
  private final Duration limit;
  private volatile Optional<String> explained = Optional.empty();

  ExecutableCheck(String id, Path file) {
    this(id, file, DEFAULT_TIME_LIMIT);
  }

  ExecutableCheck(String id, Path file, Duration limit) {
    this.id = id;
    this.file = file;
    this.limit = limit;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Duration timeLimit() {
    return limit;
  }

  @Override
  public String explanation() {
    return explained.orElse("");
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    if (!ChecksDirectory.isOnDisk(file)) {
      throw new CouldNotCheckException("a program that is in memory cannot be run");
    }
    ContextWriter.requireOnDisk(context);
    ChildProcess process;
    try {
      process =
          ChildProcess.start(
              id, List.of(file.toString()), context.workingDirectory(), variables(context));
    } catch (IOException e) {
      throw new CheckFailedException("it cannot be started: " + whyNot(e));
    }
    try {
      return findings(process, context);
    } finally {
      process.kill();
    }
  }

  private List<Finding> findings(ChildProcess process, CheckContext context) throws Exception {
    Answer answer = new Answer();
    Thread.ofPlatform().daemon().name(id + " context").start(() -> tell(process, context, answer));
    Thread reader =
        Thread.ofPlatform().daemon().name(id + " findings").start(() -> listen(process, answer));
    long start = System.nanoTime();
    while (!process.ended(POLL)) {
      if (context.cancellation().requested() || System.nanoTime() - start > limit.toNanos()) {
        throw new TimeoutException("it did not end within " + limit.toMillis() + " ms");
      }
    }
    // Not for ever: something that it left in the background may keep the pipe open.
    answer.heard();
    while (!reader.join(POLL) && answer.silence().compareTo(SILENCE) < 0) {
      if (context.cancellation().requested() || System.nanoTime() - start > limit.toNanos()) {
        break;
      }
    }
    return judged(process, answer.lines(), context);
  }

  private List<Finding> judged(ChildProcess process, List<String> lines, CheckContext context)
      throws CheckFailedException {
    FindingLines format = new FindingLines(id, context);
    List<Finding> findings = new ArrayList<>();
    Optional<CheckFailedException> failure = Optional.empty();
    for (String line : lines) {
      try {
        if (!line.isBlank()) {
          JsonNode json = format.parse(line);
          Optional<String> explanation = format.explanation(json);
          if (explanation.isPresent()) {
            explained = explanation;
          } else {
            findings.add(format.read(json));
          }
        }
      } catch (CheckFailedException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    int status = process.exitStatus();
    if (status != 0) {
      String found =
          findings.isEmpty() ? "" : ", after it had reported: " + findings.getFirst().message();
      String words = process.lastWords().map(w -> " (" + w + ")").orElse("");
      throw new CheckFailedException("it ended with exit status " + status + found + words);
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return findings;
  }

  private void tell(ChildProcess process, CheckContext context, Answer answer) {
    try (JsonGenerator out = ContextWriter.JSON.createGenerator(process.input())) {
      out.writeStartObject();
      ContextWriter.write(context, limit, out);
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (JacksonIOException e) {
      // A check need not read what it does not want to know.
      return;
    } catch (RuntimeException e) {
      answer.failed("it could not be told the context: " + e);
      process.kill();
    }
  }

  private static void listen(ChildProcess process, Answer answer) {
    BoundedLines output = new BoundedLines(process.output(), MAX_OUTPUT_BYTES);
    try {
      for (Optional<String> line = output.next(); line.isPresent(); line = output.next()) {
        answer.add(line.get());
      }
    } catch (BoundedLines.OutputTooLargeException e) {
      answer.failed(e.getMessage());
      process.kill();
    } catch (IOException e) {
      // Killed: whoever did it says why.
      return;
    }
  }

  /** What is heard so far, from other threads. */
  private static final class Answer {
    private final List<String> lines = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private long lastHeard = System.nanoTime();

    synchronized void add(String line) {
      lines.add(line);
      heard();
    }

    synchronized void heard() {
      lastHeard = System.nanoTime();
    }

    synchronized Duration silence() {
      return Duration.ofNanos(System.nanoTime() - lastHeard);
    }

    synchronized void failed(String why) {
      failure = failure.or(() -> Optional.of(why));
    }

    synchronized List<String> lines() throws CheckFailedException {
      if (failure.isPresent()) {
        throw new CheckFailedException(failure.get());
      }
      return List.copyOf(lines);
    }
  }

  /** The system only says that there is no such file, also where that is the interpreter. */
  private String whyNot(IOException failure) {
    String words = PlainText.line(String.valueOf(failure.getMessage()));
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(MAX_FIRST_LINE_BYTES);
    } catch (IOException e) {
      return words;
    }
    String text = new String(start, StandardCharsets.UTF_8);
    String first = text.substring(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n'));
    if (!first.startsWith("#!")) {
      return words;
    }
    return words
        + (first.endsWith("\r")
            ? "; its first line ends with a carriage return, as Windows has it"
            : "; its first line asks for " + PlainText.line(first.substring(2)));
  }

  private static Map<String, String> variables(CheckContext context) {
    Map<String, String> variables = new HashMap<>(context.variables());
    variables.put("CHECK_PHASE", context.phase().name());
    variables.put("CHECK_SCOPE", context.scope().toString());
    variables.put("CHECK_FROM_VERSION", context.fromVersion().value());
    variables.remove("CHECK_TO_VERSION");
    context.toVersion().ifPresent(to -> variables.put("CHECK_TO_VERSION", to.value()));
    return variables;
  }
}
