package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** The user's own files as if a first release had brought them and a second one changed them. */
final class Released {
  /** Where one more line at the end changes nothing that a check looks at. */
  private static final Pattern HARMLESS =
      Pattern.compile("(hooks|commands)/.*\\.(md|sh|py|txt)", Pattern.DOTALL);

  private Released() {}

  static boolean canBe(Map.Entry<EntryPath, Entry> entry) {
    return entry.getValue() instanceof Entry.Content
        && entry.getKey().text().filter(path -> HARMLESS.matcher(path).matches()).isPresent();
  }

  static void into(Sandbox sandbox, EntryPath path, Entry.Content content) throws IOException {
    byte[] longer = Arrays.copyOf(content.bytes(), content.bytes().length + 1);
    longer[longer.length - 1] = '\n';
    Path releases = sandbox.root().resolve("releases");
    sandbox.write(path.resolveIn(releases.resolve("v1")), content.bytes(), content.mode());
    sandbox.write(path.resolveIn(releases.resolve("v2")), longer, content.mode());
  }
}
