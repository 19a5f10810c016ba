package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** An executable that is started for each phase, told the context and asked for its findings. */
final class ExecutableCheck implements Validator {
  private static final int MAX_OUTPUT_BYTES = 1024 * 1024;
  private static final Duration POLL = Duration.ofMillis(20);

  private final String id;
  private final Path file;
  private final Duration limit;

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
    return "What the program " + file + " looks for.";
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
      throw new CheckFailedException("it cannot be started: " + PlainText.line(e.getMessage()));
    }
    try {
      return findings(process, context);
    } finally {
      process.kill();
    }
  }

  private List<Finding> findings(ChildProcess process, CheckContext context) throws Exception {
    Thread.ofPlatform().daemon().name(id + " context").start(() -> tell(process, context));
    List<String> lines = new ArrayList<>();
    List<IOException> failures = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name(id + " findings")
            .start(() -> listen(process, lines, failures));
    long start = System.nanoTime();
    while (!process.ended(POLL)) {
      if (context.cancellation().requested() || System.nanoTime() - start > limit.toNanos()) {
        throw new TimeoutException("it did not end within " + limit.toMillis() + " ms");
      }
    }
    // Not for ever: something that it left in the background may keep the pipe open.
    reader.join(Duration.ofSeconds(1));
    synchronized (lines) {
      if (!failures.isEmpty()) {
        throw new CheckFailedException(failures.getFirst().getMessage());
      }
      return judged(process, lines, context);
    }
  }

  private List<Finding> judged(ChildProcess process, List<String> lines, CheckContext context)
      throws CheckFailedException {
    FindingLines format = new FindingLines(id, context);
    List<Finding> findings = new ArrayList<>();
    Optional<CheckFailedException> failure = Optional.empty();
    for (String line : lines) {
      try {
        if (!line.isBlank()) {
          findings.add(format.read(line));
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

  private void tell(ChildProcess process, CheckContext context) {
    try (JsonGenerator out = ContextWriter.JSON.createGenerator(process.input())) {
      out.writeStartObject();
      ContextWriter.write(context, limit, out);
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (JacksonException e) {
      // A check need not read what it does not want to know.
      return;
    }
  }

  private static void listen(ChildProcess process, List<String> lines, List<IOException> failures) {
    BoundedLines output = new BoundedLines(process.output(), MAX_OUTPUT_BYTES);
    try {
      for (Optional<String> line = output.next(); line.isPresent(); line = output.next()) {
        synchronized (lines) {
          lines.add(line.get());
        }
      }
    } catch (BoundedLines.OutputTooLargeException e) {
      synchronized (lines) {
        failures.add(e);
      }
      process.kill();
    } catch (IOException e) {
      // Killed: whoever did it says why.
      return;
    }
  }

  private static Map<String, String> variables(CheckContext context) {
    Map<String, String> variables = new HashMap<>(context.variables());
    variables.put("CHECK_PHASE", context.phase().name());
    variables.put("CHECK_SCOPE", context.scope().toString());
    variables.put("CHECK_FROM_VERSION", context.fromVersion().value());
    context.toVersion().ifPresent(to -> variables.put("CHECK_TO_VERSION", to.value()));
    return variables;
  }
}
