package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.Interpreter;
import dev.stravinsky.spi.CheckContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one process of an interpreter about many files: {@code INDEX KIND BASE64} lines in, a JSON
 * line each out.
 */
final class AnsweringChecker {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path program;
  private final List<String> arguments;
  private final boolean certain;

  /** {@code certain} is false if the scripts name another version of the program than this one. */
  AnsweringChecker(Path program, List<String> arguments, boolean certain) {
    this.program = program;
    this.arguments = arguments;
    this.certain = certain;
  }

  Map<Script, Verdict> check(List<Script> scripts, CheckContext context)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    String output =
        Interpreter.run(command, requests(scripts), context.variables(), context.cancellation());
    Map<Script, Verdict> verdicts = new HashMap<>();
    output.lines().forEach(line -> answer(line, scripts, verdicts));
    for (Script script : scripts) {
      verdicts.putIfAbsent(script, new Verdict.NotChecked(program + " gave no answer"));
    }
    return verdicts;
  }

  private static byte[] requests(List<Script> scripts) {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    for (int i = 0; i < scripts.size(); i++) {
      Script script = scripts.get(i);
      String kind =
          switch (script.language()) {
            case TOML -> "toml";
            case JAVASCRIPT -> script.dialect();
            default -> "source";
          };
      requests.writeBytes((i + " " + kind + " ").getBytes(StandardCharsets.US_ASCII));
      requests.writeBytes(Base64.getEncoder().encode(script.content()));
      requests.write('\n');
    }
    return requests.toByteArray();
  }

  private void answer(String line, List<Script> scripts, Map<Script, Verdict> verdicts) {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(line);
    } catch (JacksonException e) {
      // Not ours: some interpreters greet on their standard output.
      return;
    }
    int index = answer.path("index").asInt(-1);
    if (index >= 0 && index < scripts.size()) {
      verdicts.put(scripts.get(index), verdict(scripts.get(index), answer));
    }
  }

  private Verdict verdict(Script script, JsonNode answer) {
    if (answer.has("unknown")) {
      return new Verdict.NotChecked(answer.path("unknown").asString());
    }
    if (!answer.has("message")) {
      return new Verdict.Sound();
    }
    OptionalInt wanted = script.requiredPython();
    boolean newEnough =
        wanted.isEmpty()
            || !answer.has("minor")
            || wanted.getAsInt() <= answer.path("minor").asInt();
    return new Verdict.Broken(
        answer.path("line").asInt(1), answer.path("message").asString(), certain && newEnough);
  }
}
