package dev.stravinsky.backup;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.testkit.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Writes the seeds anew: {@code MakeSeeds src/test/resources/dev/stravinsky/backup}. Needed when
 * the format changes; inputs that once were found stay.
 */
final class MakeSeeds {
  private MakeSeeds() {}

  public static void main(String[] args) throws Exception {
    Path resources = Path.of(args[0]);
    System.setProperty("os.version", "6.12"); // Not this machine's.
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path hooks = sandbox.claude().resolve("hooks");
      sandbox.write(hooks.resolve("guard.py"), bytes("print('guard')\n"), 0755);
      Files.createLink(hooks.resolve("second.py"), hooks.resolve("guard.py"));
      Files.createDirectories(hooks.resolve("empty"));
      sandbox.write(hooks.resolve("é" + "n".repeat(110)), "long\n");
      byte[] large = new byte[300_000];
      new Random(1).nextBytes(large);
      java.util.Arrays.fill(large, 500, large.length, (byte) 'x');
      sandbox.write(hooks.resolve("large.bin"), large, 0644);
      Path dotfile = sandbox.userHome().resolve("dotfiles").resolve("deep.py");
      sandbox.write(dotfile, "deep = 1\n");
      Files.createSymbolicLink(hooks.resolve("deep.py"), dotfile);
      Files.createSymbolicLink(hooks.resolve("nowhere"), hooks.getFileSystem().getPath("../none"));
      sandbox.write(sandbox.claude().resolve("settings.json"), "{\"env\": {}}\n");
      List<Target> targets =
          List.of(
              Target.tree("hooks", Scope.USER, hooks),
              new Target("settings", Scope.USER, sandbox.claude(), List.of("settings.json")));
      var views = new ArrayList<dev.stravinsky.api.TargetView>();
      for (Target target : targets) {
        views.add(TargetWalk.live(target));
      }
      Version version = new Version("v1");
      BackupRequest request =
          new BackupRequest(
              Scope.USER, version, BackupReason.MANUAL, views, Optional.empty(), false);
      write(sandbox.services().backups().create(request, Progress.NONE), resources);
    }
  }

  private static void write(Backup backup, Path resources) throws Exception {
    Path seeds = resources.resolve("ArchiveReaderFuzzTestInputs").resolve("archive");
    Path manifests = resources.resolve("ManifestReaderFuzzTestInputs").resolve("manifest");
    Path whole = resources.resolve("seed-backup");
    for (Path folder : List.of(seeds, manifests, whole)) {
      Files.createDirectories(folder);
    }
    for (String name : List.of("RESTORE.txt", "manifest.json", "hooks.tar.gz", "settings.tar.gz")) {
      Files.write(whole.resolve(name), Files.readAllBytes(backup.directory().resolve(name)));
    }
    Path manifest = backup.directory().resolve("manifest.json");
    Files.write(manifests.resolve("real"), Files.readAllBytes(manifest));
    List<Member> members = ManifestReader.members(manifest).get("hooks.tar.gz");
    try (ArchiveReader reader = new ArchiveReader(backup.directory().resolve("hooks.tar.gz"))) {
      for (int i = 0; i < members.size(); i++) {
        byte[] raw = reader.unpack(members.get(i));
        if (raw.length < 20_000) {
          Files.write(seeds.resolve("member-" + i), raw);
        }
      }
    }
    byte[] settings = Files.readAllBytes(backup.directory().resolve("settings.tar.gz"));
    byte[] promised = new byte[settings.length + 1];
    promised[0] = 11;
    System.arraycopy(settings, 0, promised, 1, settings.length);
    Files.write(seeds.resolve("stored"), promised);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
