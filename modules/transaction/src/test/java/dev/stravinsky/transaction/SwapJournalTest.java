package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal's bytes: what a crash may leave in them, and what must not be taken for that. */
final class SwapJournalTest {
  private Sandbox sandbox;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    file = sandbox.home().journal().resolve("x.journal");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void append_records_readInOrder() throws IOException {
    write("first", "x".repeat(3000), "last");
    assertThat(read()).containsExactly("first", "x".repeat(3000), "last");
  }

  @Test
  void create_room_isWrittenBeforehand() throws IOException {
    SwapJournal journal = SwapJournal.create(file, bytes("first"));
    journal.append(bytes("x".repeat(200_000)));
    long size = Files.size(file);
    journal.append(bytes("SWAPPED"));
    journal.append(bytes("COMMITTED"));
    journal.close();
    assertThat(Files.size(file)).isEqualTo(size);
  }

  @Test
  void read_tornAnywhereInTheLastRecord_theOthersCount() throws IOException {
    write("first", "second".repeat(200));
    byte[] whole = Files.readAllBytes(file);
    long begin = JournalFrame.sizeOf("first".length());
    for (int cut = (int) begin; cut < begin + 1200; cut += 7) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, cut, torn.length, (byte) 0);
      sandbox.write(file, torn, 0600);
      assertThat(read()).containsExactly("first");
    }
  }

  @Test
  void read_tornByAFileThatIsTooShort_theOthersCount() throws IOException {
    write("first", "second".repeat(200));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < 1500; length += 11) {
      sandbox.write(file, Arrays.copyOf(whole, length), 0600);
      assertThat(List.of("first", "second".repeat(200))).containsAll(read());
    }
  }

  @Test
  void read_badRecordBeforeAGoodOne_isDamage() throws IOException {
    write("first", "second", "third");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(file);
    int second = (int) JournalFrame.sizeOf("first".length());
    for (int i = 0; i < 50; i++) {
      byte[] damaged = whole.clone();
      damaged[second + random.nextInt(44 + "second".length())] ^= (byte) (1 + random.nextInt(255));
      sandbox.write(file, damaged, 0600);
      assertThatThrownBy(this::read)
          .as("seed " + seed)
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("record 1");
    }
  }

  @Test
  void interrupted_journalDamaged_saysSo() throws IOException {
    write("first", "second");
    byte[] damaged = Files.readAllBytes(file);
    damaged[20] ^= 1;
    sandbox.write(file, damaged, 0600);
    assertThatThrownBy(() -> sandbox.services().transactions().interrupted())
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("x.journal");
  }

  @Test
  void open_afterATornTail_continuesThere() throws IOException {
    write("first", "second".repeat(200));
    byte[] torn = Files.readAllBytes(file);
    torn[(int) JournalFrame.sizeOf("first".length()) + 900] ^= 1;
    sandbox.write(file, torn, 0600);
    try (SwapJournal journal = SwapJournal.open(file)) {
      journal.append(bytes("other"));
      journal.append(bytes("end"));
    }
    assertThat(read()).containsExactly("first", "other", "end");
  }

  @Test
  void rewrite_keepsWhatWasAppended() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      journal.append(bytes("second"));
      journal.rewrite();
      journal.append(bytes("third"));
    }
    assertThat(read()).containsExactly("first", "second", "third");
  }

  @Test
  void rewrite_whatWasAppendedCannotBeReadBack_failsAndLeavesTheOldFile() throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes("first"))) {
      journal.append(bytes("second"));
      byte[] damaged = Files.readAllBytes(file);
      damaged[60] ^= 1; // Behind the head of a record of a few bytes: zeros, which nobody reads.
      sandbox.write(file, damaged, 0600);
      journal.rewrite();
      damaged[20] ^= 1;
      sandbox.write(file, damaged, 0600);
      assertThatThrownBy(journal::rewrite).hasMessageContaining("cannot be read back");
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  private void write(String... records) throws IOException {
    try (SwapJournal journal = SwapJournal.create(file, bytes(records[0]))) {
      for (int i = 1; i < records.length; i++) {
        journal.append(bytes(records[i]));
      }
    }
  }

  private List<String> read() throws IOException {
    List<String> records = new ArrayList<>();
    for (byte[] each : SwapJournal.read(file)) {
      records.add(new String(each, StandardCharsets.UTF_8));
    }
    return records;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
