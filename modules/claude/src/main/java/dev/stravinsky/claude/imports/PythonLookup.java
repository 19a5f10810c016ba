package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.Interpreter;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An interpreter, asked once what files import. It runs isolated and without its site module, so
 * that nothing but {@code imports.py} is run; where installed modules are is read there.
 *
 * @param program what is started; it lies in no target
 * @param venv the virtual environment whose packages count, if the program does not tell
 */
record PythonLookup(Path program, Optional<Path> venv) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What the files import; one of which nothing is known is left out. */
  Map<Script, PythonModule> ask(List<Script> scripts, CheckContext context)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            program.toString(),
            "-I",
            "-S",
            "-B",
            "-c",
            Interpreter.program(PythonLookup.class, "imports.py"));
    String output =
        Interpreter.run(
            command, requests(scripts, context), context.variables(), context.cancellation());
    Map<Script, PythonModule> modules = new HashMap<>();
    output.lines().forEach(line -> answer(line, scripts, modules));
    return modules;
  }

  private byte[] requests(List<Script> scripts, CheckContext context) {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < scripts.size(); i++) {
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("index", i);
      request.put("source", Base64.getEncoder().encodeToString(scripts.get(i).content()));
      request.put("venv", venv.map(Path::toString).orElse(null));
      request.put(
          "python_path",
          Arrays.asList(context.variables().getOrDefault("PYTHONPATH", "").split(":")));
      requests.append(MAPPER.writeValueAsString(request)).append('\n');
    }
    return requests.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(String line, List<Script> scripts, Map<Script, PythonModule> modules) {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(line);
    } catch (JacksonException e) {
      // Not ours: some interpreters greet on their standard output.
      return;
    }
    int index = answer.path("index").asInt(-1);
    if (index >= 0 && index < scripts.size() && !answer.has("unknown")) {
      modules.put(scripts.get(index), PythonModule.of(answer));
    }
  }
}
