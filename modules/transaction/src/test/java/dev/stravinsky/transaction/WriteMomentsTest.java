package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another program writes once, in each way, at each moment of a transaction that can be told apart:
 * what it wrote is live afterwards or set aside. (Through a mapping is like through a descriptor:
 * both write to the inode, whatever its name.)
 */
final class WriteMomentsTest {
  private static final String THEIRS = "theirs";

  /** How it writes. */
  enum How {
    IN_PLACE,
    RENAMING,
    DESCRIPTOR
  }

  /** When it writes. */
  enum Moment {
    /** Between the staging and the swap. */
    STAGED,
    /** Right before the file is moved. */
    BEFORE_THE_MOVE,
    /** Right after. */
    AFTER_THE_MOVE,
    /** Between the swap and the commit. */
    SWAPPED,
    /** After the commit, when late writes were looked for already. */
    COMMITTED,
    /** When all is over. */
    OVER
  }

  static Stream<Arguments> all() {
    return Stream.of(SwapWay.EXCHANGE, SwapWay.RENAME, SwapWay.LINK)
        .flatMap(
            way ->
                Stream.of(How.values())
                    .flatMap(how -> Stream.of(Moment.values()).map(m -> arguments(way, how, m))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void commit_writtenAtThisMoment_isLiveOrSetAside(SwapWay way, How how, Moment moment)
      throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory();
        Program program = new Program(sandbox, how, moment)) {
      TransactionWorld world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
      world.withUsualChanges();
      program.opens(world.settingsFile());
      sandbox.faults().plan(program);
      try (Transaction transaction = world.stage(program)) {
        program.at(Moment.STAGED);
        transaction.swap();
        program.at(Moment.SWAPPED);
        transaction.commit();
      } catch (ConcurrentChangeException e) {
        assertThat(e.files()).contains(world.settingsFile());
      }
      program.at(Moment.OVER);
      assertThat(program.hasWritten).isTrue();
      List<String> found = new ArrayList<>(List.of(Files.readString(world.settingsFile())));
      for (Conflict each : world.services().conflicts().list()) {
        assertThat(each.live()).isEqualTo(world.settingsFile());
        found.add(Files.readString(each.theirs()));
      }
      assertThat(found).contains(THEIRS);
      assertThat(world.leftovers()).isEmpty();
    }
  }

  /** The other program, and the ears that tell it the moment. */
  private static final class Program implements FaultPlan, Completion, AutoCloseable {
    private final Sandbox sandbox;
    private final How how;
    private final Moment moment;
    private Path file;
    private FileChannel channel;
    private boolean moving;
    private boolean hasWritten;

    Program(Sandbox sandbox, How how, Moment moment) {
      this.sandbox = sandbox;
      this.how = how;
      this.moment = moment;
    }

    void opens(Path live) throws IOException {
      file = live;
      if (how == How.DESCRIPTOR) {
        channel = FileChannel.open(live, StandardOpenOption.WRITE);
        sandbox.faults().pretendOpenForWriting(live);
      }
    }

    void at(Moment now) {
      try {
        if (now == moment && !hasWritten) {
          hasWritten = true;
          sandbox.faults().undisturbed(this::write);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Void write() throws IOException {
      switch (how) {
        case IN_PLACE -> Files.writeString(file, THEIRS);
        case RENAMING -> {
          Path temporary = file.resolveSibling("theirs.tmp");
          Files.writeString(temporary, THEIRS);
          Files.move(
              temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        case DESCRIPTOR -> {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(THEIRS.getBytes(StandardCharsets.UTF_8)), 0);
        }
      }
      return null;
    }

    @Override
    public Verdict decide(FileOperation operation) {
      if (moving) {
        at(Moment.AFTER_THE_MOVE);
      }
      boolean moves =
          operation.kind() == Kind.EXCHANGE
              || operation.kind() == Kind.RENAME
              || operation.kind() == Kind.LINK;
      if (moves
          && (operation.path().equals(file) || operation.other().stream().anyMatch(file::equals))) {
        at(Moment.BEFORE_THE_MOVE);
        moving = true;
      }
      return FaultPlan.NONE.decide(operation);
    }

    @Override
    public void committed(TransactionRecord transaction) {
      at(Moment.COMMITTED);
    }

    @Override
    public void undone(TransactionRecord transaction) {
      // Nothing to do: the moments after it are those of a swap that was stopped.
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
