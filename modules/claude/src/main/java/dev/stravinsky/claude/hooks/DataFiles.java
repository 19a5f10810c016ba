package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the data that lies beside hooks, in this process. */
final class DataFiles {
  private DataFiles() {}

  static Verdict json(Script script) {
    String text = new String(script.content(), StandardCharsets.ISO_8859_1);
    if (text.isBlank()) {
      return new Verdict.NotChecked("the file is empty");
    }
    if (allowsComments(script.file().name())) {
      return new Verdict.NotChecked("such files may have comments");
    }
    try {
      LocatedJson.parse(script.content());
      return new Verdict.Sound();
    } catch (NotJsonException e) {
      return new Verdict.Broken(e.line(), e.getMessage(), true);
    }
  }

  /** Only the syntax: tags and anchors may mean something to the program that reads the file. */
  static Verdict yaml(Script script) {
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
      YamlUnicodeReader text = new YamlUnicodeReader(new ByteArrayInputStream(script.content()));
      new ParserImpl(settings, new StreamReader(settings, text)).forEachRemaining(event -> {});
      return new Verdict.Sound();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      return new Verdict.Broken(line, e.getProblem(), true);
    } catch (YamlEngineException e) {
      return new Verdict.Broken(1, String.valueOf(e.getMessage()), true);
    }
  }

  private static boolean allowsComments(String name) {
    return name.startsWith("tsconfig")
        || name.startsWith("jsconfig")
        || name.startsWith(".eslintrc")
        || name.startsWith("devcontainer");
  }
}
