package dev.stravinsky.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real disk; to the superuser, whom modes do not bind, a folder is denied by chattr. */
class PermissionsTest {
  private static final boolean SUPERUSER = "root".equals(System.getProperty("user.name"));
  private Sandbox sandbox;
  private Path hooks;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
    hooks = sandbox.claude().resolve("hooks");
    sandbox.write(hooks.resolve("a.sh"), "echo a\n");
    sandbox.write(hooks.resolve("deep/b.sh"), "echo b\n");
  }

  @AfterEach
  void close() throws Exception {
    allow(hooks.resolve("deep"));
    allow(hooks);
    sandbox.close();
  }

  @Test
  void check_folderCannotBeWritten_blocksWhatIsChangedInIt() throws Exception {
    deny(hooks.resolve("deep"));

    assertThat(findings("deep/b.sh", "deep/new.sh", "a.sh"))
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.kind() == ErrorKind.PERMISSION_DENIED)
        .matches(f -> f.file().orElseThrow().equals(hooks.resolve("deep")));
    assertThat(findings("a.sh")).isEmpty();
  }

  @Test
  void check_rootCannotBeWrittenAndNothingIsChanged_warns() throws Exception {
    deny(hooks);

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN)
        .matches(f -> f.file().orElseThrow().equals(hooks));
  }

  @Test
  void check_folderOfALinksEnd_isTheOneThatCounts() throws Exception {
    Path end = sandbox.write(hooks.resolve("deep/real.sh"), "echo\n");
    Files.createSymbolicLink(hooks.resolve("link.sh"), end);
    deny(hooks.resolve("deep"));

    assertThat(findings("link.sh"))
        .singleElement()
        .matches(f -> f.file().orElseThrow().equals(hooks.resolve("deep")));
  }

  @Test
  void check_fileCannotBeRead_blocks() throws Exception {
    assumeFalse(SUPERUSER, "the superuser can read every file");
    Files.setPosixFilePermissions(hooks.resolve("a.sh"), FileModes.toPermissions(0));

    assertThat(findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.message().contains("cannot be read"));
  }

  private List<Finding> findings(String... changed) throws Exception {
    var context = CheckContexts.in(sandbox).liveClaude();
    var target = context.build().target("hooks", Scope.USER).orElseThrow().target();
    List<TargetPath> places =
        List.of(changed).stream().map(name -> new TargetPath(target, EntryPath.of(name))).toList();
    return new Permissions().check(context.changed(places).build());
  }

  private static void deny(Path folder) throws Exception {
    if (SUPERUSER) {
      assumeTrue(chattr("+i", folder) == 0, "chattr does not work here");
    } else {
      Files.setPosixFilePermissions(folder, FileModes.toPermissions(0555));
    }
  }

  private static void allow(Path folder) throws Exception {
    if (SUPERUSER) {
      chattr("-i", folder);
    } else {
      Files.setPosixFilePermissions(folder, FileModes.toPermissions(0755));
    }
  }

  private static int chattr(String flag, Path folder) throws InterruptedException {
    try {
      return new ProcessBuilder("chattr", flag, folder.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
