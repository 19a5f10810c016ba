package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that somebody made up: every checksum is right, what they say is not. */
class HostileBackupTest extends BackupContract {
  private Backup backup;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    // Without the trail nobody but the archive itself can tell.
    return Sandbox.inMemory().settings("{\"audit\": {\"enable_audit_logging\": false}}");
  }

  /** Packs the hooks' archive anew with these entries' headers and contents, and signs it all. */
  private void forge(UnaryOperator<TarHeader> change, byte[] content) throws IOException {
    Path archive = backup.directory().resolve("hooks.tar.gz");
    Path manifest = backup.directory().resolve("manifest.json");
    List<Member> before = ManifestReader.members(manifest).get("hooks.tar.gz");
    List<Member> after = new ArrayList<>();
    GzipMember.GrowingBytes out = new GzipMember.GrowingBytes(1_000);
    GzipMember.GrowingBytes raw = new GzipMember.GrowingBytes(1_000);
    TarHeader header =
        new TarHeader(
            "hooks/global/guard.py",
            TarHeader.FILE,
            0755,
            content.length,
            entry(backup, "guard.py").modified(),
            "",
            TarHeader.Owner.NOBODY);
    raw.append(TarHeaderWriter.bytes(change.apply(header)));
    raw.append(content);
    raw.pad();
    try (GzipMember gzip = new GzipMember(6)) {
      for (byte[] member : List.of(raw.toByteArray(), new byte[TarHeader.END_BYTES])) {
        byte[] packed = gzip.pack(member, member.length);
        after.add(
            new Member(
                out.length(),
                packed.length,
                member.length,
                Sha256.of(packed),
                before.getFirst().identity()));
        out.append(packed);
      }
    }
    Files.write(archive, out.toByteArray());
    List<Row> rows;
    try (Stream<Row> all = ManifestReader.rows(manifest)) {
      rows = all.toList();
    }
    ManifestHead head = ManifestReader.head(manifest);
    Files.delete(manifest);
    try (var stream = Files.newOutputStream(manifest)) {
      ManifestWriter.write(stream, head, Map.of("hooks.tar.gz", after), rows);
    }
    sign(archive);
  }

  private void sign(Path archive) throws IOException {
    Path manifest = backup.directory().resolve("manifest.json");
    Path sums = backup.directory().resolve("SHA256SUMS");
    String text = Files.readString(manifest);
    String old =
        text.replaceAll(
            "(?s).*hooks.tar.gz\", \"size_bytes\": \\d+, \"sha256\": \"(\\w+)\".*", "$1");
    String sum = Sha256.of(Files.readAllBytes(archive)).hex();
    text = text.replaceAll("(hooks.tar.gz\", \"size_bytes\": )\\d+", "$1" + Files.size(archive));
    String manifestSum = Sha256.of(FolderFiles.utf8(text.replace(old, sum))).hex();
    Files.writeString(manifest, text.replace(old, sum));
    String lines = Files.readString(sums).replace(old, sum);
    Files.writeString(sums, lines.replaceAll("\\w+(  manifest.json)", manifestSum + "$1"));
  }

  private VerificationReport verify() throws IOException {
    Backup now = store().find(Scope.USER, backup.id()).orElseThrow();
    return store().verify(now, new Depth.Unpacked(), Progress.NONE);
  }

  private void prepare() throws IOException {
    sandbox.write(hooks().resolve("guard.py"), "print('guard')\n".getBytes(), 0755);
    backup = backUp("v1");
  }

  @Test
  void verify_forgedButTrue_isIntact() throws IOException {
    prepare();
    forge(header -> header, "print('guard')\n".getBytes());

    assertThat(verify().damage()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../evil", "/etc/passwd", "hooks/global/../../x", "hooks/global/guard.PY"})
  void verify_otherNameInTheArchive_isDamage(String name) throws IOException {
    prepare();
    forge(
        h -> new TarHeader(name, h.type(), h.mode(), h.size(), h.modified(), "", h.owner()),
        "print('guard')\n".getBytes());

    assertThat(verify().damage().toString()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(chars = {TarHeader.HARD_LINK, TarHeader.LINK, '3', '4', '6', 'L', 'g'})
  void verify_otherTypeInTheArchive_isDamage(char type) throws IOException {
    prepare();
    forge(
        h -> new TarHeader(h.name(), type, h.mode(), h.size(), h.modified(), "/", h.owner()),
        "print('guard')\n".getBytes());

    assertThat(verify().intact()).isFalse();
  }

  @Test
  void extract_otherContentInTheArchive_isRefusedAndLeavesNothing() throws IOException {
    prepare();
    forge(header -> header, "print('hello')\n".getBytes());
    Backup now = store().find(Scope.USER, backup.id()).orElseThrow();
    List<BackupEntry> entries = entries(now);

    assertThat(verify().intact()).isFalse();
    assertThatThrownBy(() -> now.extract(entries)).isInstanceOf(DamagedException.class);
    try (Stream<Path> left = Files.list(sandbox.home().staging())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void extract_bomb_isRefused() throws IOException {
    prepare();
    forge(header -> header, new byte[10_000_000]);
    Backup now = store().find(Scope.USER, backup.id()).orElseThrow();

    assertThat(verify().intact()).isFalse();
    assertThatThrownBy(() -> now.extract(entries(now))).isInstanceOf(DamagedException.class);
  }

  @Test
  void extract_entryNobodyHas_isRefused() throws IOException {
    prepare();
    BackupEntry real = entry(backup, "guard.py");
    BackupEntry other =
        new BackupEntry(
            "hooks",
            "global",
            real.path(),
            new EntryState.Regular(Sha256.of(new byte[1]), 1, 0644),
            Instant.EPOCH,
            real.origin(),
            real.linked());

    assertThatThrownBy(() -> backup.extract(List.of(other)))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("guard.py");
  }
}
