package dev.stravinsky.validator;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** How much there is. */
final class Sizes {
  private static final long KB = 1000;
  private static final long MB = 1000 * KB;

  private Sizes() {}

  /** The bytes of all files in the targets: no backup of them is larger than that and a little. */
  static long contentBytes(CheckContext context) throws IOException {
    long sum = 0;
    for (TargetView view : context.targets()) {
      for (TargetView.Node node : view.nodes()) {
        sum += fileBytes(node);
      }
    }
    return sum;
  }

  /** For people: {@code 1.2 MB}. */
  static String spoken(long bytes) {
    if (bytes < KB) {
      return bytes + " bytes";
    }
    return bytes < MB
        ? String.format(Locale.ROOT, "%.1f KB", bytes / (double) KB)
        : String.format(Locale.ROOT, "%.1f MB", bytes / (double) MB);
  }

  private static long fileBytes(TargetView.Node node) throws IOException {
    try {
      // The end of a link is known; a link without one (dangling, a loop) has no content.
      var attributes =
          Files.readAttributes(
              node.content(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes.size() : 0;
    } catch (NoSuchFileException e) {
      // Its owner has just removed it: nothing to copy.
      return 0;
    }
  }
}
