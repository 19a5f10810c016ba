package dev.stravinsky.testkit.fs;

import static dev.stravinsky.testkit.fs.Passage.ours;
import static dev.stravinsky.testkit.fs.Passage.pass;
import static dev.stravinsky.testkit.fs.Passage.permit;
import static dev.stravinsky.testkit.fs.Passage.provider;
import static dev.stravinsky.testkit.fs.Passage.to;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** Opens files, and directories too. */
final class Opening {
  private Opening() {}

  static FileChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean appends = options.contains(StandardOpenOption.APPEND);
    boolean writes = options.contains(StandardOpenOption.WRITE) || appends;
    if (!writes && Files.isDirectory(to(path))) {
      return directory(path);
    }
    boolean reads = !writes || options.contains(StandardOpenOption.READ);
    Kind kind = writes ? kind(to(path), options) : Kind.OPEN;
    return pass(
        kind,
        path,
        () -> {
          permit(path, p -> p.open(ours(path), kind, reads));
          FileChannel opened = provider(path).newFileChannel(to(path), options, attributes);
          if (kind == Kind.CREATE) {
            permit(path, p -> p.created(ours(path)));
          }
          return new FaultFileChannel(ours(path), LockTable.key(to(path)), opened, appends);
        });
  }

  private static FileChannel directory(Path path) throws IOException {
    return pass(
        Kind.OPEN,
        path,
        () -> {
          permit(path, p -> p.need(ours(path), AccessMode.READ));
          return new DirectoryChannel(ours(path));
        });
  }

  private static Kind kind(Path file, Set<? extends OpenOption> options) {
    boolean creates =
        options.contains(StandardOpenOption.CREATE_NEW)
            || options.contains(StandardOpenOption.CREATE) && !Files.exists(file);
    if (creates) {
      return Kind.CREATE;
    }
    return options.contains(StandardOpenOption.TRUNCATE_EXISTING)
        ? Kind.OPEN_TRUNCATING
        : Kind.OPEN_FOR_WRITING;
  }
}
