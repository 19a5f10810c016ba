package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of a manifest is told only as long as the manifest says it. */
class KnownHeadsTest extends BackupContract {
  private final KnownHeads heads = new KnownHeads();
  private Path manifest;
  private ManifestHead first;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void readOnce() throws IOException {
    someFiles();
    manifest = backUp("v1").directory().resolve("manifest.json");
    first = heads.read(manifest);
  }

  @Test
  void read_sameHead_isNotParsedAgain() throws IOException {
    assertThat(heads.read(manifest)).isSameAs(first);
    edit(text -> text.replace("\"origin\": \"user\"", "\"origin\": \"else\""));

    assertThat(heads.read(manifest)).isSameAs(first).isEqualTo(ManifestReader.head(manifest));
  }

  @Test
  void read_headOfTheSameLengthHasChanged_isTheNewOne() throws IOException {
    edit(text -> text.replace("\"version\": \"v1\"", "\"version\": \"v2\""));

    assertThat(heads.read(manifest).manifest().version().value()).isEqualTo("v2");
  }

  @Test
  void read_headIsLongerThanWhatIsReadAtOnce_isReadAllTheSame() throws IOException {
    edit(text -> text.replace("\"format\"", " ".repeat(100_000) + "\"format\""));

    assertThat(heads.read(manifest)).isEqualTo(first);
    edit(text -> text.replace("\"version\": \"v1\"", "\"version\": \"v2\""));
    assertThat(heads.read(manifest).manifest().version().value()).isEqualTo("v2");
  }

  @Test
  void read_cutOffInTheHead_isDamage() throws IOException {
    edit(text -> text.substring(0, text.indexOf("\"members\"")));

    assertThatThrownBy(() -> heads.read(manifest)).isInstanceOf(DamagedException.class);
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    Files.writeString(manifest, change.apply(Files.readString(manifest)));
  }
}
