package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ann owns everything, Bob is in her group, Eve is nobody. */
class PosixModesTest {
  private static final Credentials ANN = new Credentials("ann", "staff");
  private static final Credentials BOB = new Credentials("bob", "bob", Set.of("staff"));
  private static final Credentials EVE = new Credentials("eve", "eve");

  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final PlatformFiles platform = files.newProcess();
  private final Path directory = files.getPath("/data");
  private final Path file = directory.resolve("file");

  @BeforeEach
  void write() throws IOException {
    files.actAs(Credentials.ROOT);
    Files.createDirectory(directory);
    own(directory);
    files.actAs(ANN);
    Files.writeString(file, "content");
    Files.createDirectory(directory.resolve("sub"));
    mode(file, "rw-r-----");
    mode(directory, "rwxr-x--x");
    mode(directory.resolve("sub"), "rwxr-xr-x");
  }

  private void own(Path path) throws IOException {
    Files.setAttribute(path, "owner:owner", principal("ann"));
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    view.setGroup(files.getUserPrincipalLookupService().lookupPrincipalByGroupName("staff"));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  /** Linux looks for the names before it asks whether they may be taken away. */
  @Test
  void rename_ofNothingOutOfADirectoryThatIsNotWritable_saysThatNothingIsThere()
      throws IOException {
    files.actAs(ANN);
    mode(directory.resolve("sub"), "r-xr-xr-x");
    Path nothing = directory.resolve("sub/nothing");
    assertThatThrownBy(() -> Files.move(nothing, directory.resolve("x")))
        .isInstanceOf(NoSuchFileException.class);
    mode(directory.resolve("sub"), "rw-r--r--");
    assertThatThrownBy(() -> Files.move(nothing, directory.resolve("x")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void newEntries_belongToWhoMadeThem() throws IOException {
    files.actAs(BOB);
    files.undisturbed(() -> mode(directory, "rwxrwxr-x"));
    Files.createFile(directory.resolve("f"));
    Files.createDirectory(directory.resolve("d"));
    Files.createSymbolicLink(directory.resolve("l"), file);
    Files.copy(file, directory.resolve("c"));
    platform.tryLock(directory.resolve("lock"), LockMode.EXCLUSIVE).orElseThrow().close();
    for (String name : new String[] {"f", "d", "l", "c", "lock"}) {
      PosixFileAttributes made =
          Files.readAttributes(
              directory.resolve(name), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      assertThat(made.owner().getName()).as(name).isEqualTo("bob");
      assertThat(made.group().getName()).as(name).isEqualTo("bob");
    }
  }

  @Test
  void reading_isForWhomTheFirstFittingClassAllows() throws IOException {
    files.actAs(BOB);
    assertThat(file).hasContent("content");
    denied(() -> Files.writeString(file, "x"));
    denied(() -> Files.newByteChannel(file, StandardOpenOption.WRITE));
    files.actAs(EVE);
    denied(() -> Files.readString(file));
    files.actAs(ANN);
    mode(file, "---rwxrwx"); // The owner's own class decides, though all others may.
    denied(() -> Files.readString(file));
    files.actAs(EVE);
    assertThat(file).hasContent("content");
  }

  @Test
  void readingAndWriting_atOnce_needsBoth() throws IOException {
    mode(file, "-w-------");
    denied(() -> Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    Files.newByteChannel(file, StandardOpenOption.WRITE).close();
  }

  @Test
  void directory_searchableOnly_hidesNamesAndGivesFiles() throws IOException {
    mode(file, "rw-r--r--");
    files.actAs(EVE);
    assertThat(file).hasContent("content");
    denied(() -> list(directory));
    denied(() -> FileChannel.open(directory));
    files.undisturbed(() -> mode(directory, "rwxr-xr--"));
    try (Stream<Path> names = list(directory)) {
      assertThat(names).contains(file);
    }
    denied(() -> Files.readString(file));
    denied(() -> Files.size(file));
    denied(() -> platform.tryFlock(file, LockMode.SHARED));
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void linkThroughAClosedDirectory_isDenied() throws IOException {
    Path closed = Files.createDirectory(files.getPath("/data/sub/closed"));
    Files.writeString(closed.resolve("end"), "end");
    Path link = Files.createSymbolicLink(directory.resolve("link"), closed.resolve("end"));
    Path relative =
        Files.createSymbolicLink(
            directory.resolve("relative"), files.getPath("sub", "..", "sub", "closed", "end"));
    mode(closed, "rwx------");
    files.actAs(EVE);
    denied(() -> Files.readString(link));
    denied(() -> Files.size(relative));
    assertThat(Files.isSymbolicLink(link)).isTrue();
    files.actAs(ANN);
    assertThat(relative).hasContent("end");
  }

  @Test
  void directory_notWritable_keepsItsNames() throws IOException {
    files.actAs(BOB);
    denied(() -> Files.createFile(directory.resolve("new")));
    denied(() -> Files.createDirectory(directory.resolve("new")));
    denied(() -> Files.createSymbolicLink(directory.resolve("new"), file));
    denied(() -> Files.copy(file, directory.resolve("new")));
    denied(() -> Files.delete(file));
    denied(() -> Files.move(file, directory.resolve("new")));
    denied(() -> platform.exchange(file, directory.resolve("sub")));
    denied(() -> platform.renameNoReplace(file, directory.resolve("new")));
    denied(() -> platform.tryLock(directory.resolve("lock"), LockMode.EXCLUSIVE));
    assertThatThrownBy(() -> Files.createDirectory(directory.resolve("sub")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.delete(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(file).hasContent("content");
  }

  @Test
  void stickyDirectory_isWritableButKeepsOthersFiles() throws IOException {
    files.undisturbed(() -> mode(directory, "rwxrwxrwx"));
    files.makeSticky(directory);
    files.actAs(EVE);
    Path own = Files.createFile(directory.resolve("own"));
    notPermitted(() -> Files.delete(file));
    notPermitted(() -> Files.move(file, directory.resolve("new")));
    notPermitted(() -> platform.exchange(own, file));
    notPermitted(() -> Files.move(own, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING));
    Files.move(own, directory.resolve("renamed"));
    files.actAs(BOB);
    notPermitted(() -> Files.delete(directory.resolve("renamed")));
    files.actAs(ANN); // The directory's owner.
    Files.delete(directory.resolve("renamed"));
  }

  @Test
  void directoryThatIsNotWritable_movedElsewhere_isDenied() throws IOException {
    Path moved = Files.createDirectory(directory.resolve("moved"));
    mode(moved, "r-xr-xr-x");
    denied(() -> Files.move(moved, directory.resolve("sub").resolve("moved")));
    Files.move(moved, directory.resolve("renamed"));
  }

  @Test
  void attributes_areTheOwnersToSet() throws IOException {
    files.actAs(BOB);
    notPermitted(() -> mode(file, "rwxrwxrwx"));
    notPermitted(() -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
    notPermitted(() -> Files.setAttribute(file, "posix:permissions", Set.of()));
    files.actAs(ANN);
    mode(file, "rw-rw-rw-");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    notPermitted(() -> Files.setOwner(file, principal("bob")));
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var names = files.getUserPrincipalLookupService();
    view.setGroup(names.lookupPrincipalByGroupName("staff"));
    notPermitted(() -> view.setGroup(names.lookupPrincipalByGroupName("eve")));
    files.actAs(Credentials.ROOT);
    Files.setOwner(file, principal("bob"));
    view.setGroup(names.lookupPrincipalByGroupName("eve"));
  }

  @Test
  void hardLink_toAFileThatOneCouldNotWrite_isNotPermitted() throws IOException {
    files.undisturbed(() -> mode(directory, "rwxrwxrwx"));
    files.actAs(BOB);
    notPermitted(() -> Files.createLink(directory.resolve("second"), file));
    files.undisturbed(() -> mode(file, "rw-rw----"));
    Files.createLink(directory.resolve("second"), file);
    assertThat(directory.resolve("second")).hasContent("content");
  }

  @Test
  void access_isAnsweredForWhoAsks() throws IOException {
    mode(file, "rwxr-x---");
    assertThat(Files.isExecutable(file) && Files.isWritable(file)).isTrue();
    files.actAs(BOB);
    assertThat(Files.isReadable(file) && Files.isExecutable(file)).isTrue();
    assertThat(Files.isWritable(file)).isFalse();
    files.actAs(EVE);
    assertThat(Files.isReadable(file)).isFalse();
  }

  @Test
  void root_passes_exceptToRunWhatNobodyRuns() throws IOException {
    mode(file, "---------");
    mode(directory, "---------");
    files.actAs(Credentials.ROOT);
    assertThat(file).hasContent("content");
    assertThat(Files.isExecutable(file)).isFalse();
    assertThatCode(() -> Files.writeString(directory.resolve("new"), "x"))
        .doesNotThrowAnyException();
    Files.delete(file);
  }

  @Test
  void nobodyNamed_isNotStopped() throws IOException {
    mode(file, "---------");
    mode(directory, "---------");
    try (FaultFileSystem plain = FaultFileSystem.before(files.delegate())) {
      assertThat(plain.getPath("/data/file")).hasContent("content");
      Files.delete(plain.getPath("/data/file"));
    }
  }

  @Test
  void twoProcesses_ofTwoUsers_areStoppedEachForItself() throws IOException {
    try (FaultFileSystem eves = files.otherProcess()) {
      eves.actAs(EVE);
      denied(() -> Files.readString(eves.getPath("/data/file")));
      assertThat(file).hasContent("content");
    }
    assertThat(file).hasContent("content");
  }

  private static void denied(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(AccessDeniedException.class);
  }

  private static void notPermitted(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageEndingWith("Operation not permitted");
  }

  private java.nio.file.attribute.UserPrincipal principal(String name) throws IOException {
    return files.getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  private static Stream<Path> list(Path path) throws IOException {
    return Files.list(path);
  }

  private static Path mode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
