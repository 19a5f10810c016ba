package dev.stravinsky.dist.hostile;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;

/**
 * Takes as long as a test likes: before the swap it leaves a file {@code waiting} in the home and
 * goes on when there is one {@code go}. Then it warns of its bundle's version, with the help of a
 * class that is needed only now.
 */
public final class Waits extends Registering {
  private String version = "";

  @Override
  public void start(BundleContext context) throws Exception {
    version = context.getBundle().getVersion().toString();
    super.start(context);
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.STAGED);
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    Path home = context.userHome();
    Files.writeString(home.resolve("waiting"), "");
    while (!Files.exists(home.resolve("go"))) {
      Thread.sleep(10);
    }
    return List.of(Late.finding(id(), version));
  }

  /** Loaded when the wait is over. */
  private static final class Late {
    static Finding finding(String id, String version) {
      return Finding.of(id, Severity.WARN, ErrorKind.UNKNOWN, "this is version " + version);
    }
  }
}
