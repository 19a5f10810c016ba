package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Optional;

/** The way of an operation on paths: through the gate, past the modes, to the delegate. */
final class Passage {
  private Passage() {}

  /** What is done when the gate is passed. */
  @FunctionalInterface
  interface VoidAction {
    void run() throws IOException;
  }

  /** A question to the modes. */
  @FunctionalInterface
  interface Permit {
    void ask(Permissions permissions) throws IOException;
  }

  static FaultPath ours(Path path) {
    if (path instanceof FaultPath ours) {
      return ours;
    }
    throw new ProviderMismatchException(path + " is of another file system");
  }

  static Path to(Path path) {
    return ours(path).delegate();
  }

  static FileSystemProvider provider(Path path) {
    return to(path).getFileSystem().provider();
  }

  static boolean follows(LinkOption... options) {
    return !List.of(options).contains(LinkOption.NOFOLLOW_LINKS);
  }

  static <T> T pass(Kind kind, Path path, OperationGate.Action<T> action) throws IOException {
    return ours(path).getFileSystem().gate().pass(kind, path, Optional.empty(), action);
  }

  static void pass(Kind kind, Path path, VoidAction action) throws IOException {
    pass(kind, path, Optional.empty(), action);
  }

  static void pass(Kind kind, Path path, Path other, VoidAction action) throws IOException {
    pass(kind, path, Optional.of(other), action);
  }

  private static void pass(Kind kind, Path path, Optional<Path> other, VoidAction action)
      throws IOException {
    ours(path)
        .getFileSystem()
        .gate()
        .pass(
            kind,
            path,
            other,
            () -> {
              action.run();
              return null;
            });
  }

  /** Asks the modes, where somebody acts whom they can stop. */
  static void permit(Path path, Permit question) throws IOException {
    Optional<Permissions> permissions = ours(path).getFileSystem().permissions();
    if (permissions.isPresent()) {
      question.ask(permissions.get());
    }
  }

  /** Answers from the modes, where the delegate would say yes to all. */
  static void access(FaultPath path, AccessMode... modes) throws IOException {
    Optional<Permissions> permissions = path.getFileSystem().permissions();
    if (permissions.isPresent()) {
      permissions.get().need(path, modes);
    } else {
      ModeBits.checkExecutable(path, modes);
    }
  }
}
