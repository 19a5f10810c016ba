package com.example.forbidden;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Hooks must not contain a forbidden word. */
@Component
public final class ForbiddenWords implements Validator {
  private static final String WORD = "FORBIDDEN";

  @Override
  public String id() {
    return "forbidden-words";
  }

  /** The new state in staging: what it finds there is never installed. */
  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.STAGED);
  }

  @Override
  public String explanation() {
    return "No hook contains the word " + WORD + ".";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (TargetView view : context.targets()) {
      if (view.target().name().equals("hooks")) {
        for (TargetView.Node hook : view.nodes()) {
          look(view, hook, findings);
        }
      }
    }
    return findings;
  }

  private void look(TargetView view, TargetView.Node hook, List<Finding> findings)
      throws IOException {
    String text;
    try {
      if (!isFile(hook.content())) {
        return;
      }
      // Bytes as they are: a hook need not be text in any encoding.
      text = Files.readString(hook.content(), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return; // Deleted meanwhile. Whatever else goes wrong is no proof that the word is not there.
    }
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.contains(WORD)) {
        findings.add(
            Finding.of(
                    id(),
                    Severity.BLOCK,
                    ErrorKind.PARSE_ERROR,
                    view.target().describe(hook.path()) + " contains the word " + WORD)
                .inFile(hook.path().resolveIn(view.target().root()))
                .atLine(number)
                .withHint("take the word out, or install it with --accept plugin/" + id()));
      }
    }
  }

  /** Unlike Files.isRegularFile it throws where nobody can tell. */
  private static boolean isFile(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isRegularFile();
  }
}
