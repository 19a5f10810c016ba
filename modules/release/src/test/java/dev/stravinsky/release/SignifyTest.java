package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.release.signify.MalformedException;
import dev.stravinsky.release.signify.SecretKey;
import dev.stravinsky.release.signify.Signatures;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Keys and signatures are signify's: what its program wrote once, and what it says now. */
class SignifyTest extends SandboxTest {
  private static final String PROGRAM = "signify-openbsd";
  private static final byte[] MESSAGE = "hi\n".getBytes(StandardCharsets.UTF_8);

  // Made by signify-openbsd 31-3.
  private static final String PUBLIC = "RWQVJn/Ft/4ZLHPyChqGg+TcTVVPy3CQT1im8MlZ2VdCfMAt4mJqwNDR";
  private static final String SECRET =
      """
      untrusted comment: team hooks secret key
      RWRCSwAAAABZHp0v6XZzZv2FxBjfa1z448yA+GVouDIVJn/Ft/4ZLECaFf9MawXWf+PihbVFYZwlB5YE16lciyEE0NtqxNKb\
      c/IKGoaD5NxNVU/LcJBPWKbwyVnZV0J8wC3iYmrA0NE=
      """;
  private static final String SIGNATURE =
      """
      untrusted comment: verify with k.pub
      RWQVJn/Ft/4ZLDJMJX4Y3rUNUgd4QKGjVjTd5bjDaf+W7j7Hk3Xk74KaABOThB6xiI39BhqZIdOn6P7RU+P7vqd8vSuUTKBP\
      /Qw=
      """;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @Test
  void sign_signifysKeyAndMessage_givesSignifysFile() {
    SecretKey key = SecretKey.read(SECRET.getBytes(StandardCharsets.UTF_8));

    assertThat(key.publicKey()).isEqualTo(new PublicKey(PUBLIC));
    assertThat(new String(key.sign(MESSAGE, "k.pub"), StandardCharsets.UTF_8)).isEqualTo(SIGNATURE);
    assertThat(new String(key.write("team hooks"), StandardCharsets.UTF_8)).isEqualTo(SECRET);
  }

  @Test
  void signer_everyBitOfTheSignatureFlipped_isNobody() {
    List<String> lines = SIGNATURE.lines().toList();
    byte[] data = Base64.getDecoder().decode(lines.get(1));
    List<PublicKey> keys = List.of(new PublicKey(PUBLIC));
    assertThat(read(lines.getFirst(), data).signer(MESSAGE, keys)).contains(keys.getFirst());
    for (int bit = 16; bit < data.length * 8; bit++) {
      byte[] flipped = data.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(read(lines.getFirst(), flipped).signer(MESSAGE, keys)).as("bit " + bit).isEmpty();
    }
  }

  private static Signatures read(String comment, byte[] data) {
    String file = comment + "\n" + Base64.getEncoder().encodeToString(data) + "\n";
    return Signatures.read(file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_secretKeyWithAPassphraseOrDamaged_saysSo() {
    List<String> lines = SECRET.lines().toList();
    byte[] data = Base64.getDecoder().decode(lines.get(1));
    byte[] rounds = data.clone();
    rounds[7] = 42;
    byte[] damaged = data.clone();
    damaged[50] ^= 1;

    assertThatThrownBy(() -> SecretKey.read(file(lines.getFirst(), rounds)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> SecretKey.read(file(lines.getFirst(), damaged)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("damaged");
  }

  private static byte[] file(String comment, byte[] data) {
    return (comment + "\n" + Base64.getEncoder().encodeToString(data) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void signify_ourChannelByOneAndByTwoKeys_isVerified() throws Exception {
    ChannelWorld world = new ChannelWorld(sandbox);
    Path one = world.key("one");
    Path two = world.key("two");
    world.publish("v1", one);
    signify("-V", "-p", pub(one), "-m", world.document().toString());

    world.publish("v2", one, two);
    signify("-V", "-p", pub(one), "-m", world.document().toString());
  }

  @Test
  void signify_signedItself_isBelieved() throws Exception {
    ChannelWorld world = new ChannelWorld(sandbox);
    world.publish("v1");
    String name = sandbox.root().resolve("theirs").toString();
    signify("-G", "-n", "-p", name + ".pub", "-s", name + ".sec");
    ChannelDocument written = world.written();
    world.replaceDocument(
        written.next(java.util.Optional.of(java.time.Instant.parse("2026-02-01T00:00:00Z"))));
    signify("-S", "-s", name + ".sec", "-m", world.document().toString());
    world.userTrusts(Path.of(name + ".sec"));

    assertThat(world.read().signature()).isInstanceOf(Signature.Verified.class);
    // And goes on with that key by itself.
    world.publish("v2", Path.of(name + ".sec"));
    signify("-V", "-p", name + ".pub", "-m", world.document().toString());
    assertThat(Files.readAllLines(Path.of(name + ".pub")).get(1))
        .isEqualTo(ChannelWorld.pub(Path.of(name + ".sec")).text());
  }

  private static String pub(Path secret) {
    return secret.toString().replaceFirst("\\.sec$", ".pub");
  }

  private static void signify(String... arguments) throws Exception {
    Process process;
    try {
      java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(PROGRAM));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no " + PROGRAM);
      return;
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
