package dev.stravinsky.testkit;

import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Makes backups say what they should not, with sums that all agree. */
public final class ForgedBackup {
  private static final Pattern MANIFEST_LINE = Pattern.compile("(?m)^\\w+(?=  manifest\\.json$)");

  private ForgedBackup() {}

  /** Changes the manifest in a backup's folder and signs it. Fails if nothing is changed. */
  public static void edit(Path folder, UnaryOperator<String> change) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    String before = Files.readString(manifest);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalArgumentException("nothing was forged in " + before);
    }
    Files.writeString(manifest, after);
    sign(folder);
  }

  /** Makes the sums say of the manifest what it is now. */
  public static void sign(Path folder) throws IOException {
    Path sums = folder.resolve("SHA256SUMS");
    byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));
    String lines = Files.readString(sums, StandardCharsets.UTF_8);
    String signed = MANIFEST_LINE.matcher(lines).replaceAll(Sha256.of(manifest).hex());
    Files.writeString(sums, signed, StandardCharsets.UTF_8);
  }
}
