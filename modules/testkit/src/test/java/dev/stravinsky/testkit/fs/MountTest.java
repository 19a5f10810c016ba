package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountTest {
  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final PlatformFiles platform = files.newProcess();
  private final Path here = files.getPath("/here/file");
  private final Path there = files.getPath("/there/file");

  @BeforeEach
  void write() throws IOException {
    for (Path each : new Path[] {here, there}) {
      Files.createDirectory(each.getParent());
      Files.writeString(each, each.toString());
    }
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void mountedFile_anyNameTakenFromIt_isBusy() throws IOException {
    files.mount(here);
    Path fresh = here.resolveSibling("new");
    Path beside = Files.writeString(here.resolveSibling("beside"), "beside");
    refused("Device or resource busy", () -> Files.delete(here));
    refused(
        "Device or resource busy", () -> Files.move(here, fresh, StandardCopyOption.ATOMIC_MOVE));
    refused("Device or resource busy", () -> Files.move(beside, here));
    refused("Device or resource busy", () -> platform.exchange(here, beside));
    refused("Device or resource busy", () -> platform.exchange(beside, here));
    refused("Device or resource busy", () -> platform.renameNoReplace(here, fresh));
    refused("Invalid cross-device link", () -> Files.createLink(fresh, here));

    Files.writeString(here, "written in place");

    assertThat(here).hasContent("written in place");
    assertThat(platform.mountPoints(here)).containsExactly(here);
    files.unmount(here);
    platform.exchange(here, beside);
    assertThat(here).hasContent("beside");
  }

  @Test
  void mountedDirectory_renamesAndLinksIntoIt_areCrossDevice() throws IOException {
    files.mount(there.getParent());
    Path fresh = there.resolveSibling("new");
    refused("Invalid cross-device link", () -> platform.exchange(here, there));
    refused("Invalid cross-device link", () -> platform.renameNoReplace(here, fresh));
    refused("Invalid cross-device link", () -> Files.createLink(fresh, here));
    assertThatThrownBy(() -> Files.move(here, fresh, StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AtomicMoveNotSupportedException.class)
        .hasMessage("/here/file -> /there/new: Invalid cross-device link");
    refused("Device or resource busy", () -> Files.delete(there.getParent()));
    Files.createSymbolicLink(fresh, here);
    assertThat(fresh).hasContent("/here/file");

    platform.renameNoReplace(there, there.resolveSibling("moved"));

    assertThat(there.resolveSibling("moved")).hasContent("/there/file");
  }

  @Test
  void renameOfNothing_intoAnotherMount_isCrossDeviceFirst() {
    files.mount(there.getParent());
    assertThatThrownBy(
            () ->
                Files.move(
                    here.resolveSibling("none"),
                    there.resolveSibling("none"),
                    StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(AtomicMoveNotSupportedException.class);
  }

  @Test
  void move_toAnotherMount_copiesAndDeletes() throws IOException {
    files.mount(there.getParent());
    files.trace(true);
    Path moved = Files.move(here, there.resolveSibling("moved"));
    assertThat(moved).hasContent("/here/file");
    assertThat(here).doesNotExist();
    assertThat(files.traced())
        .extracting(FileOperation::kind)
        .containsSubsequence(Kind.RENAME, Kind.COPY, Kind.DELETE);
    Path again = Files.writeString(here, "again");
    assertThatThrownBy(() -> Files.move(again, moved))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(again).hasContent("again");
  }

  @Test
  void mount_reachedThroughALink_isFound() throws IOException {
    files.mount(there.getParent());
    Path link = Files.createSymbolicLink(files.getPath("/link"), there.getParent());
    refused("Invalid cross-device link", () -> platform.exchange(here, link.resolve("file")));
    platform.renameNoReplace(link.resolve("file"), there.resolveSibling("moved"));
    assertThat(there.resolveSibling("moved")).exists();
  }

  @Test
  void fileStore_ofEachMount_isItsOwn() throws IOException {
    assertThat(Files.getFileStore(here)).isEqualTo(Files.getFileStore(there));
    files.mount(there.getParent());
    assertThat(Files.getFileStore(here)).isNotEqualTo(Files.getFileStore(there));
    assertThat(Files.getFileStore(here)).isEqualTo(Files.getFileStore(here.getParent()));
  }

  @Test
  void mount_ofNothing_isRefused() {
    assertThatThrownBy(() -> files.mount(here.resolveSibling("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no mount without a place");
  }

  private void refused(String words, ThrowingCallable change) throws IOException {
    String before = Files.readString(here) + Files.readString(there);
    assertThatThrownBy(change).isInstanceOf(FileSystemException.class).hasMessageEndingWith(words);
    assertThat(Files.readString(here) + Files.readString(there)).isEqualTo(before);
  }
}
