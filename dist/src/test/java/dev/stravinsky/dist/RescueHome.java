package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A home with backups of the user and of a project that the program made, of files of odd names and
 * of each kind. It is made once; each test has a copy of it.
 */
final class RescueHome {
  static final String ODD = "it's \"odd\" *?[a] $HOME `x` \\n é";

  private final Path home;
  private final Path pristine;
  private final SortedMap<String, String> hooks;

  private RescueHome(Path home, Path pristine, SortedMap<String, String> hooks) {
    this.home = home;
    this.pristine = pristine;
    this.hooks = hooks;
  }

  static RescueHome make(Path folder) throws Exception {
    User maker = new User(folder.resolve("home"));
    Path own = maker.claude().resolve("hooks");
    writeHooks(own, maker.dotfiles());
    Run run = maker.updates(User.soundRelease(folder.resolve("one"), "one"), "v1");
    assertThat(run.status()).as(run.toString()).isZero();
    SortedMap<String, String> hooks = Tree.of(own);
    backUpProject(maker, maker.home().resolve("my project"));
    Path pristine = folder.resolve("pristine");
    Tools.must("cp", "-a", maker.home(), pristine);
    return new RescueHome(maker.home(), pristine, hooks);
  }

  private static void writeHooks(Path own, Path dotfiles) throws Exception {
    User.write(own.resolve("a dir/" + ODD), "odd\n");
    User.write(own.resolve("new\nline\n"), "newline\n");
    User.write(own.resolve("own.sh"), "#!/bin/sh\n# mine\n");
    byte[] noise = new byte[300_000];
    new Random(3).nextBytes(noise);
    Files.write(own.resolve("large.bin"), noise);
    User.write(own.resolve("z-last.md"), "last\n");
    Files.createDirectory(own.resolve("empty"));
    Files.createSymbolicLink(own.resolve("link.sh"), Path.of("own.sh"));
    User.write(dotfiles.resolve("outside.sh"), "outside\n");
    Files.createSymbolicLink(own.resolve("to-outside.sh"), Path.of("../../dotfiles/outside.sh"));
    Tools.must("sh", "-c", "printf raw >\"$0/$(printf 'b\\351\\201')\"", own);
  }

  private static void backUpProject(User maker, Path project) throws Exception {
    User.write(project.resolve(".claude/hooks/p.sh"), "#!/bin/sh\n# project's\n");
    Run run =
        Run.of(
            maker.variables(),
            Path.of("/bin/sh"),
            "-c",
            "cd \"$1\" && exec \"$0\" backup create --scope project",
            Distribution.launcher(),
            project);
    assertThat(run.status()).as(run.toString()).isZero();
  }

  /** Somebody in a copy, where nothing of Java is to be found. */
  User copy() throws Exception {
    // A backup knows absolute paths, so that the copy has to stand where the first one was.
    Tools.must("rm", "-rf", home);
    Tools.must("cp", "-a", pristine, home);
    User user = new User(home);
    user.variables().put("JAVA_HOME", "/nowhere");
    return user;
  }

  /** The hooks as {@code v1} has them. */
  SortedMap<String, String> hooks() {
    return hooks;
  }

  SortedMap<String, String> hooksWithout(String... names) {
    SortedMap<String, String> rest = new TreeMap<>(hooks);
    for (String name : names) {
      assertThat(rest.remove(name)).as(name).isNotNull();
    }
    return rest;
  }
}
