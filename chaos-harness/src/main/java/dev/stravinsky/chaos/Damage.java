package dev.stravinsky.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A way in which bytes at rest go bad.
 *
 * @param name for the report
 */
record Damage(String name, UnaryOperator<byte[]> effect) {
  private static final int BLOCK = 512;

  /** Ends, middle and a few places by chance; cut short in three ways; a block of zeros. */
  static List<Damage> of(int size, int byChance, Random random) {
    List<Damage> all = new ArrayList<>();
    if (size == 0) {
      return all;
    }
    all.add(flip(0));
    all.add(flip(size - 1));
    all.add(flip(size / 2));
    for (int i = 0; i < byChance; i++) {
      all.add(flip(random.nextInt(size)));
    }
    all.add(cut(0));
    all.add(cut(size / 2));
    all.add(cut(size - 1));
    all.add(zeros(size / 2 / BLOCK * BLOCK));
    return all;
  }

  static Damage flip(int at) {
    return new Damage(
        "byte " + at + " flipped",
        content -> {
          byte[] bad = content.clone();
          bad[at] ^= 0x20;
          return bad;
        });
  }

  private static Damage cut(int length) {
    return new Damage("cut to " + length, content -> Arrays.copyOf(content, length));
  }

  private static Damage zeros(int at) {
    return new Damage(
        "zeros from " + at,
        content -> {
          byte[] bad = content.clone();
          Arrays.fill(bad, at, Math.min(bad.length, at + BLOCK), (byte) 0);
          return bad;
        });
  }
}
