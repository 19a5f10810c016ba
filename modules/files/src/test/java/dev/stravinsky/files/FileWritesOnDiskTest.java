package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class FileWritesOnDiskTest {
  /** rw for the owner, r for user 7, nothing for the group, mask r, nothing for others. */
  private static final byte[] ACCESS_LIST =
      HexFormat.of()
          .parseHex(
              "02000000"
                  + "01000600ffffffff"
                  + "0200040007000000"
                  + "04000000ffffffff"
                  + "10000400ffffffff"
                  + "20000000ffffffff");

  @TempDir Path directory;

  @Test
  void create_ofWhatIsThere_isRefusedAndLeavesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "theirs");
    assertThatThrownBy(() -> FileWrites.create(file, new byte[] {1}, 0600))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("theirs");
  }

  @Test
  void setMode_withSetIdBits_keepsThem() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "x");
    FileWrites.setMode(file, 04755);
    assertThat(FileModes.of(file)).isEqualTo(04755);
  }

  @Test
  void setModified_ofALink_leavesItsEndAlone() throws IOException {
    Path end = Files.writeString(directory.resolve("end"), "x");
    FileTime before = Files.getLastModifiedTime(end);
    Path link = Files.createSymbolicLink(directory.resolve("link"), end);
    Instant wanted = Instant.parse("2020-02-02T02:02:02.123456789Z");

    FileWrites.setModified(link, wanted);

    assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toInstant())
        .isEqualTo(wanted);
    assertThat(Files.getLastModifiedTime(end)).isEqualTo(before);
  }

  @Test
  void deleteTree_withLinksAndOddNames_followsNothing() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "stays");
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), directory);
    Files.writeString(EntryPath.ofBytes(new byte[] {(byte) 0xff}).resolveIn(tree), "x");
    Files.createDirectories(tree.resolve("a/b/c"));

    FileWrites.deleteTree(tree);
    FileWrites.deleteTree(tree);

    assertThat(tree).doesNotExist();
    assertThat(outside).hasContent("stays");
  }

  @Test
  void replace_aFileOfAnother_keepsOwnerGroupAndMode() throws IOException {
    Path file = Files.writeString(directory.resolve("settings.json"), "{}");
    assumeRoot(file);
    Files.setAttribute(file, "unix:uid", 12345);
    Files.setAttribute(file, "unix:gid", 23456);

    Durable.replace(file, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), 04750);

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
    assertThat(FileModes.of(file)).isEqualTo(04750);
  }

  @Test
  void replace_aNewFileUnderSudo_takesItsDirectorysOwner() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    assumeRoot(home);
    Files.setAttribute(home, "unix:uid", 12345);
    Path below = home.resolve(".stravinsky/rollback");

    Durable.createDirectories(below);
    Durable.replace(below.resolve("config.json"), new byte[0], 0600);

    for (Path made : new Path[] {below.getParent(), below, below.resolve("config.json")}) {
      assertThat(Files.getAttribute(made, "unix:uid")).as("%s", made).isEqualTo(12345);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void replace_aFileWithAccessListAndAttributes_keepsThem() throws IOException {
    Path file = Files.writeString(directory.resolve("settings.json"), "{}");
    Map<String, byte[]> kept =
        Map.of("user.origin", "dotfiles".getBytes(), "system.posix_acl_access", ACCESS_LIST);
    ExtendedAttributes.set(file, kept);
    Assumptions.assumeTrue(
        ExtendedAttributes.of(file).size() == 2, "this file system keeps no attributes");
    int mode = FileModes.of(file);

    Durable.replace(file, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), mode);

    assertThat(ExtendedAttributes.of(file)).containsExactlyInAnyOrderEntriesOf(kept);
    assertThat(FileModes.of(file)).isEqualTo(mode);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void replace_aNameThatIsNoText_works() throws IOException {
    Path file = EntryPath.ofBytes(new byte[] {'c', (byte) 0xff}).resolveIn(directory);
    Files.writeString(file, "old");
    Durable.replace(file, new byte[] {1, 2}, 0600);
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void replace_aDanglingLink_writesAtItsEnd() throws IOException {
    Path end = directory.resolve("end");
    Path link = Files.createSymbolicLink(directory.resolve("link"), end.getFileName());
    Durable.replace(link, new byte[] {1}, 0600);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readAllBytes(end)).containsExactly(1);
  }

  @Test
  void replace_aLinkToItself_failsAndLeavesIt() throws IOException {
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop.getFileName());
    assertThatThrownBy(() -> Durable.replace(loop, new byte[] {1}, 0600))
        .isInstanceOf(IOException.class);
    assertThat(Files.isSymbolicLink(loop)).isTrue();
  }

  private static void assumeRoot(Path made) throws IOException {
    Assumptions.assumeTrue(
        Files.getAttribute(made, "unix:uid").equals(0), "only root can give files away");
  }
}
