package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Presence;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No means that nothing is there, and never that nobody could look. */
class PresenceTest {
  @TempDir Path disk;
  private Sandbox sandbox;

  /** The questions by their names. */
  private enum Question {
    EXISTS {
      @Override
      boolean ask(Path path) throws IOException {
        return Presence.exists(path);
      }
    },
    EXISTS_ITSELF {
      @Override
      boolean ask(Path path) throws IOException {
        return Presence.exists(path, LinkOption.NOFOLLOW_LINKS);
      }
    },
    DIRECTORY {
      @Override
      boolean ask(Path path) throws IOException {
        return Presence.isDirectory(path);
      }
    },
    FILE {
      @Override
      boolean ask(Path path) throws IOException {
        return Presence.isRegularFile(path);
      }
    },
    LINK {
      @Override
      boolean ask(Path path) throws IOException {
        return Presence.isSymbolicLink(path);
      }
    };

    abstract boolean ask(Path path) throws IOException;
  }

  private Path folder(boolean inMemory) throws IOException {
    return inMemory ? Files.createDirectories(sandbox.claude()) : disk;
  }

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void questions_aboutWhatIsThere_areAnswered(boolean inMemory) throws IOException {
    Path folder = folder(inMemory);
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThat(answers(folder)).containsExactly(true, true, true, false, false);
    assertThat(answers(file)).containsExactly(true, true, false, true, false);
    assertThat(answers(link)).containsExactly(true, true, false, true, true);
    assertThat(answers(folder.resolve("none"))).containsOnly(false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void questions_whereNothingCanBe_areAnsweredNo(boolean inMemory) throws IOException {
    Path folder = folder(inMemory);
    Path file = Files.writeString(folder.resolve("file"), "content");
    assertThat(answers(file.resolve("below"))).containsOnly(false);
    assertThat(answers(file.resolve("below/and/below"))).containsOnly(false);
    assertThat(answers(folder.resolve("n".repeat(300)))).containsOnly(false);
    assertThat(answers(folder.resolve("\u00e4".repeat(130) + "/x"))).containsOnly(false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void links_thatLeadToNothing_areThemselvesThere(boolean inMemory) throws IOException {
    Path folder = folder(inMemory);
    Path file = Files.writeString(folder.resolve("file"), "content");
    for (String target : List.of("gone", "circle", "file/below", "circle/below", "../gone/x")) {
      Path link = folder.resolve(target.equals("circle") ? "circle" : "to " + target.length());
      Files.createSymbolicLink(link, folder.getFileSystem().getPath(target));
      assertThat(answers(link)).as(target).containsExactly(false, true, false, false, true);
      assertThat(answers(link.resolve("x"))).as(target + "/x").containsOnly(false);
      Files.delete(link.equals(folder.resolve("circle")) ? file : link);
      Files.writeString(file, "content");
    }
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void questions_theDiskFailsForAMoment_isToldWithThePath(Question question) throws IOException {
    Path folder = folder(true);
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    for (Path path : List.of(folder, file, link)) {
      sandbox
          .faults()
          .plan(
              FaultPlan.failWhere(o -> o.kind() == Kind.STAT && o.path().equals(path), Errno.EIO)
                  .once());
      assertThatThrownBy(() -> question.ask(path))
          .hasMessageContaining("Input/output error")
          .hasMessageContaining(path.toString());
      assertThat(sandbox.faults().injected()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void questions_inADirectoryThatMayNotBeSearched_areNotAnswered(Question question)
      throws IOException {
    Path folder = folder(true);
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path inside = Files.writeString(closed.resolve("file"), "content");
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.path().startsWith(closed) && !o.path().equals(closed), Errno.EACCES));
    assertThatThrownBy(() -> question.ask(inside)).isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> question.ask(inside.resolveSibling("none")))
        .isInstanceOf(AccessDeniedException.class);
  }

  private static List<Boolean> answers(Path path) throws IOException {
    boolean[] answers = new boolean[Question.values().length];
    for (Question question : Question.values()) {
      answers[question.ordinal()] = question.ask(path);
    }
    return List.of(answers[0], answers[1], answers[2], answers[3], answers[4]);
  }
}
