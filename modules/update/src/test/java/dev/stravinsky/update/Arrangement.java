package dev.stravinsky.update;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a configuration that is installed can be arranged on a disk. */
enum Arrangement {
  PLAIN(disk -> true),
  SETTINGS_LINKED_INTO_DOTFILES(
      disk -> disk.movedAndLinked("settings.json", disk.home().resolve("dotfiles/claude.json"))),
  SETTINGS_BEHIND_A_CHAIN(
      disk -> {
        Path end = disk.home().resolve("dotfiles/end/claude.json");
        disk.movedAndLinked("settings.json", end);
        Path middle = Files.createDirectories(disk.home().resolve("middle")).resolve("link.json");
        Files.createSymbolicLink(middle, Path.of("../dotfiles/end/claude.json"));
        Files.delete(disk.claude().resolve("settings.json"));
        Files.createSymbolicLink(disk.claude().resolve("settings.json"), middle);
        return true;
      }),
  SETTINGS_LINKED_INTO_ANOTHER_FILE_SYSTEM(
      disk ->
          disk.hasMemory()
              && disk.movedAndLinked("settings.json", disk.memory().resolve("claude.json"))),
  HOOK_LINKED_OUT_OF_ITS_TARGET(
      disk -> disk.movedAndLinked("hooks/guard.sh", disk.home().resolve("bin/guard.sh"))),
  HOOKS_LINKED_AS_A_WHOLE(
      disk -> disk.movedAndLinked("hooks", disk.home().resolve("dotfiles/hooks"))),
  HOOKS_LINKED_INTO_ANOTHER_FILE_SYSTEM(
      disk -> disk.hasMemory() && disk.movedAndLinked("hooks", disk.memory().resolve("hooks"))),
  EVERYTHING_LINKED_INTO_DOTFILES(
      disk -> disk.movedAndLinked("", disk.home().resolve("dotfiles/claude"))),
  OWN_LINKS_DANGLING_AND_TO_DIRECTORIES(
      disk -> {
        Path own = Files.createDirectories(disk.home().resolve("library"));
        Files.writeString(own.resolve("own.txt"), "mine");
        Files.createSymbolicLink(disk.claude().resolve("hooks/lib"), own);
        Files.createSymbolicLink(disk.claude().resolve("hooks/gone"), Path.of("/nowhere/at/all"));
        return true;
      }),
  TWO_TARGETS_IN_ONE_PLACE(
      disk -> {
        Files.createSymbolicLink(disk.claude().resolve("agents"), Path.of("commands"));
        return true;
      }),
  ONE_TARGET_WITHIN_ANOTHER(
      disk -> {
        Files.createSymbolicLink(disk.claude().resolve("rules"), Path.of("hooks/deep"));
        return true;
      }),
  HARD_LINK_OUTSIDE(
      disk -> {
        Files.createLink(disk.home().resolve("other"), disk.claude().resolve("hooks/guard.sh"));
        return true;
      }),
  HARD_LINK_BESIDE(
      disk -> {
        Path guard = disk.claude().resolve("hooks/guard.sh");
        Files.createLink(disk.claude().resolve("hooks/own-name.sh"), guard);
        return true;
      }),
  OF_ANOTHER_USER(disk -> disk.isRoot() && disk.run("chown", "-R", "1234:1234", disk.claude())),
  ACCESS_CONTROL_LISTS(
      disk ->
          disk.run("setfacl", "-m", "u:1234:rx", disk.claude().resolve("hooks/guard.sh"))
              && disk.run("setfacl", "-m", "g:4321:r", disk.claude().resolve("settings.json"))),
  EXTENDED_ATTRIBUTES(
      disk ->
          List.of("hooks/guard.sh", "commands/review.md", "settings.json").stream()
              .allMatch(
                  file ->
                      disk.run(
                          "setfattr", "-n", "user.note", "-v", file, disk.claude().resolve(file)))),
  HOOKS_A_MOUNT_OF_ANOTHER_FILE_SYSTEM(disk -> disk.mountedMemory(disk.claude().resolve("hooks"))),
  HOOKS_A_MOUNT_OF_THE_SAME_FILE_SYSTEM(disk -> disk.mountedItself("hooks")),
  CONFIGURATION_ON_ANOTHER_FILE_SYSTEM(disk -> disk.mountedMemory(disk.claude())),
  BACKUPS_ON_ANOTHER_FILE_SYSTEM(disk -> disk.mountedMemory(disk.home().resolve(".stravinsky"))),
  SETTINGS_A_MOUNT_OF_ITS_OWN(disk -> disk.mountedItself("settings.json"));

  private final Step step;

  Arrangement(Step step) {
    this.step = step;
  }

  /** False where the machine cannot have it. */
  boolean isMade(Disk disk) throws Exception {
    return step.isDone(disk);
  }

  /** What is done for it. */
  @FunctionalInterface
  private interface Step {
    boolean isDone(Disk disk) throws Exception;
  }
}
