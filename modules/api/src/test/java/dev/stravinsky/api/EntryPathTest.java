package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of any bytes have one spelling, and nothing else is a path. */
class EntryPathTest {
  @ParameterizedTest
  @CsvSource({
    "a, a",
    "hooks/a.py, hooks/a.py",
    "a b, a%20b",
    "..a/b.., ..a/b..",
    "..., ...",
    ".a, .a",
    "ü, %C3%BC",
    "100%, 100%25",
  })
  void path_ofText_hasOneSpelling(String text, String encoded) {
    EntryPath path = EntryPath.of(text);

    assertThat(path.encoded()).isEqualTo(encoded);
    assertThat(path.text()).contains(text);
    assertThat(path.readable()).isEqualTo(text);
    assertThat(path.bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(new EntryPath(encoded)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "/a", "a/", "a//b", ".", "..", "a/.", "a/..", "./a", "../a", "a/../b", "a/./b", "%00",
        "a b", "%61", "%c3%bc", "%2F", "a%", "a%4", "ü", "a\tb", "a\0", "a\"b", "a\\b", "a?b",
            "a#b",
      })
  void path_anotherSpelling_isRefused(String encoded) {
    assertThatThrownBy(() -> new EntryPath(encoded)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paths_ofRandomBytes_areReadBackAndInTheOrderOfTheirBytes() {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("EntryPathTest: seed " + seed);
    Random random = new Random(seed);
    byte[] last = {'a'};
    for (int i = 0; i < 5_000; i++) {
      byte[] name = new byte[3 + random.nextInt(6)];
      random.nextBytes(name);
      for (int at = 0; at < name.length; at++) {
        boolean plain = random.nextInt(4) > 0;
        name[at] = name[at] == 0 || name[at] == '/' || plain ? (byte) ('a' + at) : name[at];
      }
      name[1] = random.nextBoolean() ? (byte) '/' : name[1];
      name[0] = name[0] == '.' ? (byte) 'x' : name[0];
      name[2] = name[2] == '.' ? (byte) 'x' : name[2];

      EntryPath path = EntryPath.ofBytes(name);

      assertThat(path.bytes()).isEqualTo(name);
      assertThat(new EntryPath(path.encoded())).isEqualTo(path);
      int order = Integer.signum(path.compareTo(EntryPath.ofBytes(last)));
      assertThat(order).isEqualTo(Integer.signum(Arrays.compareUnsigned(name, last)));
      last = name;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.py", "a b/c", "ü", "~a", "a%41", "a+b", "x\ny"})
  void relativize_fileBelow_isThatFileAgain(String name) {
    Path root = Path.of("/some where/root");

    EntryPath path = EntryPath.relativize(root, root.resolve(name));

    assertThat(path).isEqualTo(EntryPath.of(name));
    assertThat(path.resolveIn(root)).isEqualTo(root.resolve(name));
    assertThat(EntryPath.relativize(root, root)).isEqualTo(EntryPath.ROOT);
  }
}
