package dev.stravinsky.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrashRecordingTest {
  private FaultFileSystem files;
  private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    files = FaultFileSystem.inMemory();
    folder = Files.createDirectory(files.getPath("/folder"));
    Files.writeString(folder.resolve("old"), "old");
    Files.createSymbolicLink(folder.resolve("link"), files.getPath("old"));
    Files.createLink(folder.resolve("second"), folder.resolve("old"));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private Optional<String> after(Loss loss, String name, List<CrashPoint> points)
      throws IOException {
    try (FaultFileSystem disk = points.getLast().after(loss).open()) {
      Path file = disk.getPath("/folder/" + name);
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Test
  void end_nothingDone_oneImageEqualToWhatIsThere() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);

    List<CrashPoint> points = recording.end();

    assertThat(points).hasSize(1);
    assertThat(points.getFirst().unforced().changes()).isEmpty();
    try (FaultFileSystem disk = points.getFirst().after(new Loss.Everything()).open()) {
      assertThat(Tree.of(disk.getPath("/folder"))).isEqualTo(Tree.of(folder));
      assertThat(Files.isSameFile(disk.getPath("/folder/old"), disk.getPath("/folder/second")))
          .isTrue();
    }
  }

  @Test
  void image_keepsInodeNumbersAsAfterAReboot() throws IOException {
    Object before = Files.getAttribute(folder.resolve("old"), "unix:ino");
    DiskImage image = CrashRecording.begin(files).end().getLast().forced();

    try (FaultFileSystem disk = image.open()) {
      Path made = Files.createFile(disk.getPath("/made"));
      assertThat(Files.getAttribute(disk.getPath("/folder/old"), "unix:ino").toString())
          .isEqualTo(before.toString())
          .isNotEqualTo(Files.getAttribute(made, "unix:ino").toString());
    }
  }

  @Test
  void unforcedFile_isLostOrThere() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(folder.resolve("new"), "new");
    List<CrashPoint> points = recording.end();

    assertThat(after(new Loss.Everything(), "new", points)).isEmpty();
    assertThat(after(new Loss.Nothing(), "new", points)).contains("new");
    assertThat(after(new Loss.Data(), "new", points)).contains("\0\0\0");
  }

  @Test
  void forcedFileInUnforcedDirectory_hasNoName() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(folder.resolve("new"), "new");
    force(folder.resolve("new"));
    List<CrashPoint> points = recording.end();

    assertThat(after(new Loss.Everything(), "new", points)).isEmpty();
  }

  @Test
  void forcedDirectoryWithUnforcedFile_isEmptyFile() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(folder.resolve("new"), "new");
    force(folder);
    List<CrashPoint> points = recording.end();

    assertThat(after(new Loss.Everything(), "new", points)).contains("");
  }

  @Test
  void bothForced_isThereWhateverIsLost() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(folder.resolve("new"), "new");
    force(folder.resolve("new"));
    force(folder);
    List<CrashPoint> points = recording.end();

    for (Loss loss : points.getLast().losses()) {
      assertThat(after(loss, "new", points)).as(loss.toString()).contains("new");
    }
  }

  @Test
  void replacedByRenameWithoutForce_canBeEmpty() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(folder.resolve("tmp"), "new");
    Files.move(folder.resolve("tmp"), folder.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
    List<CrashPoint> points = recording.end();

    TreeSet<String> seen = new TreeSet<>();
    for (Loss loss : points.getLast().losses()) {
      seen.add(after(loss, "old", points).orElse("gone"));
    }
    assertThat(seen).contains("", "old", "new").doesNotContain("gone");
  }

  @Test
  void rename_isOneStep() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    CrashRecording recording = CrashRecording.begin(files);
    Files.move(folder.resolve("second"), other.resolve("moved"));
    List<CrashPoint> points = recording.end();

    for (Loss loss : points.getLast().losses()) {
      boolean old = after(loss, "second", points).isPresent();
      boolean moved = after(loss, "other/moved", points).isPresent();
      assertThat(old).as(loss.toString()).isNotEqualTo(moved);
    }
  }

  @Test
  void tornWrite_breaksOffBetweenSectors() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.write(folder.resolve("new"), "x".repeat(2000).getBytes());
    List<CrashPoint> points = recording.end();

    assertThat(after(new Loss.TornWrite(), "new", points)).contains("x".repeat(1024));
  }

  @Test
  void failedForce_bytesAreLostForGood() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Path file = Files.createFile(folder.resolve("new"));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("new".getBytes()));
      files.plan(FaultPlan.failWhere(o -> o.kind() == Kind.FORCE, Errno.EIO));
      assertThatThrownBy(() -> channel.force(true)).hasMessageContaining("Input/output error");
      files.plan(FaultPlan.NONE);
      channel.force(true);
    }
    force(folder);

    assertThat(Files.readString(file)).isEqualTo("new");
    List<CrashPoint> points = recording.end();
    assertThat(after(new Loss.Nothing(), "new", points)).contains("\0\0\0");
  }

  @Test
  void places_aPointForEachChangeAndTheEnd() throws IOException {
    CrashRecording recording = CrashRecording.begin(files);
    Files.createFile(folder.resolve("a"));
    Files.readAllBytes(folder.resolve("a"));
    Files.delete(folder.resolve("a"));
    List<CrashPoint> points = recording.end();

    assertThat(points).extracting(p -> p.place().replaceAll(" /.*", "")).hasSize(3);
    assertThat(points.get(1).place()).contains("DELETE /folder/a");
    assertThat(points.get(1).after(new Loss.Nothing()).digest())
        .isNotEqualTo(points.get(2).after(new Loss.Nothing()).digest());
    assertThat(points.get(0).after(new Loss.Nothing()).digest())
        .isEqualTo(points.get(2).after(new Loss.Nothing()).digest());
  }
}
