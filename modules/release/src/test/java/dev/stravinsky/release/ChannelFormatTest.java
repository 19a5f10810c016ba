package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The format as it is documented, as its schema has it, and as it is read: three times the same.
 */
class ChannelFormatTest extends SandboxTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final String SHA = "a".repeat(64);
  private static final String SOUND =
      """
      {"format": 1, "name": "n", "counter": 1, "expires": "2027-02-21T13:00:00Z", "more": [],
       "keys": ["RWQVJn/Ft/4ZLHPyChqGg+TcTVVPy3CQT1im8MlZ2VdCfMAt4mJqwNDR"],
       "releases": [{"version": "v1", "url": "n-v1.tar.gz", "size": 1, "sha256": "%s",
         "release_json_sha256": "%s", "published": "2026-11-23T13:00:00+01:00", "notes": "",
         "withdrawn": ""}]}
      """
          .formatted(SHA, SHA);

  /** What is replaced in the sound one, and by what. */
  private static final List<List<String>> FAULTS =
      List.of(
          List.of("\"format\": 1", "\"format\": 2"),
          List.of("\"format\": 1,", ""),
          List.of("\"name\": \"n\"", "\"name\": \" \""),
          List.of("\"name\": \"n\"", "\"name\": 3"),
          List.of("\"name\": \"n\",", ""),
          List.of("\"counter\": 1", "\"counter\": 0"),
          List.of("\"counter\": 1", "\"counter\": -7"),
          List.of("\"counter\": 1", "\"counter\": \"1\""),
          List.of("\"counter\": 1", "\"counter\": 9007199254740992"),
          List.of("\"counter\": 1", "\"counter\": 99999999999999999999999"),
          List.of("\"counter\": 1,", ""),
          List.of("2027-02-21T13:00:00Z", "tomorrow"),
          List.of("2027-02-21T13:00:00Z", "2027-02-21"),
          List.of("\"2027-02-21T13:00:00Z\"", "1803128400"),
          List.of("RWQVJn", "RXQVJn"),
          List.of("JqwNDR", "JqwND"),
          List.of("[\"RWQ", "[7, \"RWQ"),
          List.of("\"releases\": [", "\"releases\": [3, "),
          List.of("\"releases\"", "\"release\""),
          List.of("\"v1\"", "\"v/1\""),
          List.of("\"v1\"", "\".v1\""),
          List.of("\"v1\"", "\"\""),
          List.of("\"version\": \"v1\",", ""),
          List.of("\"version\": \"v1\"", "\"version\": \"v1;reboot\""),
          List.of("\"version\": \"v1\"", "\"version\": \"v$(reboot)\""),
          List.of("\"version\": \"v1\"", "\"version\": \"-n\""),
          List.of("\"url\": \"n-v1.tar.gz\",", ""),
          List.of("\"n-v1.tar.gz\"", "\"\""),
          List.of("\"size\": 1,", ""),
          List.of("\"size\": 1", "\"size\": 0"),
          List.of("\"size\": 1", "\"size\": 1.5"),
          List.of("\"sha256\": \"a", "\"sha256\": \"A"),
          List.of("\"sha256\": \"a", "\"sha256\": \""),
          List.of("\"sha256\": \"", "\"sha512\": \""),
          List.of("\"release_json_sha256\": \"a", "\"release_json_sha256\": \"g"),
          List.of("\"release_json_sha256\"", "\"other\""),
          List.of("\"2026-11-23T13:00:00+01:00\"", "[]"),
          List.of("\"notes\": \"\"", "\"notes\": null"),
          List.of("\"withdrawn\": \"\"", "\"withdrawn\": true"));

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private static Schema schema() throws IOException {
    try (InputStream in = Files.newInputStream(DOCS.resolve("channel.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    }
  }

  private static List<Error> faults(String json) throws IOException {
    return schema().validate(json, InputFormat.JSON);
  }

  @Test
  void channel_asItIsWritten_fitsTheSchemaAndReadsBackAsItWas() throws IOException {
    ChannelWorld world = new ChannelWorld(sandbox);
    Path key = world.key("k");
    world.publish("v1", key);
    world.publish("v2", key);
    var folders = sandbox.services().channelFolders();
    folders.withdraw(
        world.folder(), ChannelWorld.version("v1"), "\u00fc \"x\"", ChannelWorld.by(key));
    folders.rotate(world.folder(), List.of(ChannelWorld.pub(key)), ChannelWorld.by(key));

    String written = Files.readString(world.document());
    assertThat(faults(written)).isEmpty();
    assertThat(new String(ChannelWriter.write(world.written()), StandardCharsets.UTF_8))
        .isEqualTo(written);
  }

  @Test
  void channel_soundAndEachFault_isJudgedAlikeByReaderAndSchema() throws IOException {
    assertThat(faults(SOUND)).isEmpty();
    assertThat(read(SOUND).entries()).hasSize(1);
    for (List<String> fault : FAULTS) {
      assertThat(SOUND).contains(fault.getFirst());
      String broken = SOUND.replace(fault.getFirst(), fault.getLast());

      assertThat(faults(broken)).as(broken).isNotEmpty();
      assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void channel_severalFaults_allAreToldWithTheirPlaces() {
    String broken =
        SOUND
            .replace("\"counter\": 1", "\"counter\": 0")
            .replace("\"size\": 1", "\"size\": 0")
            .replace("\"v1\"", "\"v 1\"");

    assertThatThrownBy(() -> read(broken))
        .hasMessageContaining("channel.json: counter")
        .hasMessageContaining("releases[0].size")
        .hasMessageContaining("releases[0].version");
    assertThatThrownBy(() -> read("{\"format\": 1,\n \"name\": }"))
        .hasMessageContaining("channel.json:2: not JSON");
    String twice =
        SOUND.replace(
            "]}",
            ", {\"version\": \"v1\", \"url\": \"x\", \"size\": 1,"
                + "\"sha256\": \""
                + SHA
                + "\", \"release_json_sha256\": \""
                + SHA
                + "\"}]}");
    assertThatThrownBy(() -> read(twice)).hasMessageContaining("v1 is there twice");
  }

  @Test
  void channelAndSignature_randomlyDamaged_areReadOrRefusedInASentence() throws IOException {
    ChannelWorld world = new ChannelWorld(sandbox);
    Path key = world.key("k");
    byte[] document = SOUND.getBytes(StandardCharsets.UTF_8);
    byte[] signature = ChannelWorld.secret(key).sign(document, "k.pub");
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("damaged channels: -Dstravinsky.seed=" + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] one = damaged(document, random);
      byte[] other = damaged(signature, random);
      try {
        ChannelReader.read(one, "channel.json");
      } catch (RefusedException e) {
        refused++;
        assertThat(e.problems()).allSatisfy(p -> assertThat(p.message()).contains("channel.json"));
      }
      try {
        new Trust(List.of(ChannelWorld.pub(key))).signer(one, Optional.of(other), "it");
        assertThat(one).isEqualTo(document);
      } catch (RefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(4_000);
  }

  /** A few bytes are changed, taken out, or there twice. */
  private static byte[] damaged(byte[] sound, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    double share = random.nextDouble() * 4 / sound.length;
    for (byte each : sound) {
      if (random.nextDouble() >= share) {
        out.write(each);
      } else {
        out.write(random.nextInt(256));
        out.write(sound, 0, random.nextInt(3));
      }
    }
    return out.toByteArray();
  }

  @Test
  void table_inTheDocument_namesEveryKeyOfTheSchema() throws IOException {
    String page = Files.readString(DOCS.resolve("releases.md"));
    for (String key : List.of("format", "name", "counter", "expires", "keys", "releases")) {
      assertThat(page).contains("| `" + key + "` |");
    }
    for (String key :
        List.of(
            "version",
            "url",
            "size",
            "sha256",
            "release_json_sha256",
            "published",
            "notes",
            "withdrawn")) {
      assertThat(page).contains("| `releases[]." + key + "` |");
    }
  }

  private static ChannelDocument read(String json) {
    return ChannelReader.read(json.getBytes(StandardCharsets.UTF_8), "channel.json");
  }
}
