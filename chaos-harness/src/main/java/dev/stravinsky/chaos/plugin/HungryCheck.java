package dev.stravinsky.chaos.plugin;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Eats all memory that it can get, in the phase that a resource of its bundle names. Runs in the
 * plugin host only.
 */
public final class HungryCheck implements Validator {
  private static final int BITE = 8 << 20;

  /** Made by the plugin host. */
  public HungryCheck() {}

  @Override
  public String id() {
    return "hungry";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.valueOf(resource(HungryPlugin.PHASE)));
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    Files.createFile(Path.of(resource(HungryPlugin.MARK))); // Nothing that is said later is heard.
    List<byte[]> eaten = new ArrayList<>();
    while (true) {
      eaten.add(new byte[BITE]);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HungryCheck.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
