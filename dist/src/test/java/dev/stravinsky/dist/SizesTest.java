package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees of three sizes through the packaged program: backed up, verified, wiped and restored to the
 * byte; and what memory that takes at its highest, as the system counts it. Times are printed and
 * not looked at.
 */
@Tag("sizes")
class SizesTest {
  private static final long LIMIT_KB = 256 * 1024;
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  @TempDir Path temporary;

  @Test
  void files70_roundTrip_isExactAndSmall() throws Exception {
    roundTrip(70, 30_000);
  }

  @Test
  void files1400Of54Megabytes_roundTrip_isExactAndSmall() throws Exception {
    roundTrip(1_400, 38_500);
  }

  /** With {@code -Psize-suites}. */
  @Test
  void files50000Of940Megabytes_roundTrip_isExactAndSmall() throws Exception {
    if (!Boolean.getBoolean("stravinsky.sizes.large")) {
      Tools.skip("50,000 files", "it takes minutes: mvn -Psize-suites -pl dist -am verify");
    }
    roundTrip(50_000, 18_800);
  }

  private void roundTrip(int files, int meanBytes) throws Exception {
    User user = new User(temporary.resolve("home"));
    Path hooks = user.claude().resolve("hooks");
    long bytes = grow(hooks, files, meanBytes);
    List<String> before = listing(hooks);
    StringBuilder told = new StringBuilder(files + " files, " + bytes / 1_000_000 + " MB:");

    long create = highWater(user, told, "backup", "create");
    long verify = highWater(user, told, "backup", "verify", "--read-data", "untracked");
    Path one = hooks.resolve("folder7/hook7.py");
    Files.delete(one);
    long file = highWater(user, told, "recovery", "file", one.toString());
    Tools.must("rm", "-r", hooks);
    long restore = highWater(user, told, "recovery", "version", "untracked");
    System.out.println(told);

    assertThat(listing(hooks)).isEqualTo(before);
    assertThat(List.of(create, verify, file, restore)).allMatch(kb -> kb > 0 && kb < LIMIT_KB);
  }

  /** The most memory that was resident, in kilobytes. */
  private static long highWater(User user, StringBuilder told, String... words) throws Exception {
    long started = System.nanoTime();
    Process process = user.starts((Object[]) words);
    Path status = Path.of("/proc", "" + process.pid(), "status");
    long highest = 0;
    while (!process.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      highest = Math.max(highest, highWater(status));
    }
    assertThat(process.exitValue()).as(String.join(" ", words)).isZero();
    double seconds = (System.nanoTime() - started) / 1e9;
    String typed = String.join(" ", words).replaceAll("/.*/", "");
    told.append("%n  %-40s %6.2f s %4d MB".formatted(typed, seconds, highest / 1024));
    return highest;
  }

  /** It only grows, so that the last look before the end is enough. */
  private static long highWater(Path status) {
    try {
      Matcher line = HIGH_WATER.matcher(Files.readString(status));
      return line.find() ? Long.parseLong(line.group(1)) : 0;
    } catch (IOException e) {
      return 0; // It has just ended.
    }
  }

  /**
   * Names, types, modes, times to the nanosecond, link targets, checksums; by other programs. Of
   * the directory itself nothing: it is no entry of the target.
   */
  private static List<String> listing(Path top) throws Exception {
    String script =
        """
        cd "$1"
        find . -mindepth 1 \\( -type f -printf '%P %m %n %T@\\n' \
          -o -printf '%P %y %m %T@ %l\\n' \\) | sort
        find . -type f -print0 | sort -z | xargs -0 sha256sum
        """;
    Run run = Tools.run("sh", "-ec", script, "sh", top);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  /**
   * Scripts of some kilobytes that compress to a third or so, every fiftieth a large one, links.
   * The same numbers give the same files.
   */
  private static long grow(Path top, int files, int meanBytes) throws IOException {
    Random random = new Random(42);
    byte[] text = text(random);
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < Math.min(223, files); i++) {
      folders.add(Files.createDirectories(top.resolve("folder" + i)));
    }
    for (int i = 0; i < files; i++) {
      int size =
          i % 50 == 49
              ? meanBytes / 2 * 50 / 2 + random.nextInt(meanBytes / 2 * 50)
              : (int) Math.min(60_000, -Math.log(1 - random.nextDouble()) * meanBytes / 2);
      int from = random.nextInt(text.length / 2);
      Path file = folders.get(i % folders.size()).resolve("hook" + i + ".py");
      byte[] content = new byte[size];
      for (int at = 0; at < size; at += text.length / 2) {
        System.arraycopy(text, from, content, at, Math.min(text.length / 2, size - at));
      }
      Files.write(file, content);
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_123L + i));
    }
    Files.createSymbolicLink(top.resolve("link"), Path.of("folder1/hook1.py"));
    Files.createSymbolicLink(top.resolve("dangling"), Path.of("no/where"));
    Files.createDirectory(top.resolve("empty"));
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static byte[] text(Random random) {
    StringBuilder text = new StringBuilder();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      words.add(Long.toString(random.nextLong() >>> 1 + random.nextInt(50), 36));
    }
    while (text.length() < 2_000_000) {
      text.append(words.get(random.nextInt(words.size())));
      text.append(random.nextInt(6) == 0 ? '\n' : ' ');
    }
    return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
