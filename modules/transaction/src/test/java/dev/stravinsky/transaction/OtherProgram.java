package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultFileSystem.Undisturbed;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** Another program, that does something in the very moment in which a file is moved. */
final class OtherProgram {
  private static final Set<Kind> MOVES = Set.of(Kind.EXCHANGE, Kind.RENAME, Kind.LINK, Kind.DELETE);

  private OtherProgram() {}

  /** Right before the nth time that an entry is moved. */
  static FaultPlan at(Sandbox sandbox, Path live, int nth, Undisturbed<?> theirs) {
    int[] left = {nth};
    return operation -> {
      if (moves(operation, live) && --left[0] == 0) {
        try {
          sandbox.faults().undisturbed(theirs);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return FaultPlan.NONE.decide(operation);
    };
  }

  static boolean moves(FileOperation operation, Path live) {
    return MOVES.contains(operation.kind())
        && (operation.path().equals(live) || operation.other().stream().anyMatch(live::equals));
  }

  /** Renames a file that says "theirs" over it. */
  static Path replace(Path live) throws IOException {
    Path temporary = Files.writeString(live.resolveSibling("theirs.tmp"), "theirs");
    return Files.move(
        temporary, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path write(Path live, String content) throws IOException {
    return Files.writeString(live, content);
  }
}
