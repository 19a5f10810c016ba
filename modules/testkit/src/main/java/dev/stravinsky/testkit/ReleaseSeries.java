package dev.stravinsky.testkit;

import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Releases of one project after another, as plain folders: each adds, changes, deletes and renames
 * files and changes modes. They look like a real {@code .claude}: hooks with their README, caches
 * and data, commands, agents, skills, rules, settings that name hook scripts which exist. All of it
 * is valid. The same seed, the same bytes.
 *
 * <p>From a shell: {@code java ... dev.stravinsky.testkit.ReleaseSeries FOLDER [COUNT [SEED]]}
 * writes {@code FOLDER/v1} and so on, and prints the seed.
 */
public final class ReleaseSeries {
  private static final int FEWEST = 30;
  private static final int MOST = 80;
  private static final int FIRST = 45;

  private final Random random;
  private final SeriesContent contents;
  private final TreeMap<String, Entry> files = new TreeMap<>();
  private int number;
  private int names;

  /** A file of the release: path in its folder, content, mode. */
  public record Entry(SeriesContent.Kind kind, byte[] content, int mode) {}

  private ReleaseSeries(long seed) {
    random = new Random(seed);
    contents = new SeriesContent(random);
  }

  /** A series; tests print the seed. */
  public static ReleaseSeries of(long seed) {
    return new ReleaseSeries(seed);
  }

  /** Writes a series, as the class's comment says. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1 || arguments.length > 3) {
      System.err.println("usage: ReleaseSeries FOLDER [COUNT [SEED]]");
      System.exit(2);
    }
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    System.out.println("seed " + seed);
    List<Path> all = of(seed).writeTo(Path.of(arguments[0]).toAbsolutePath(), count);
    System.out.println(all.size() + " releases in " + arguments[0]);
  }

  /**
   * Writes the next releases as {@code v1}, {@code v2}... into a folder; their folders in order.
   */
  public List<Path> writeTo(Path folder, int count) throws IOException {
    List<Path> releases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Entry> release = next();
      Path directory = folder.resolve("v" + number);
      for (Map.Entry<String, Entry> each : release.entrySet()) {
        write(directory.resolve(each.getKey()), each.getValue());
      }
      releases.add(directory);
    }
    return releases;
  }

  /** The next release: its files by their path in it. */
  public Map<String, Entry> next() {
    number++;
    if (number == 1) {
      while (files.size() < FIRST) {
        add();
      }
    } else {
      evolve();
    }
    put(
        "settings.json",
        SeriesContent.Kind.SETTINGS,
        contents.settings(number, hookScripts()),
        0644);
    if (number % 3 == 1) {
      put("CLAUDE.md", SeriesContent.Kind.TEXT, contents.markdown("Memory " + number), 0644);
    }
    return new TreeMap<>(files);
  }

  private void evolve() {
    repeat(1 + random.nextInt(6), this::add);
    repeat(1 + random.nextInt(8), this::change);
    repeat(1 + random.nextInt(4), this::delete);
    repeat(1 + random.nextInt(3), this::rename);
    repeat(1 + random.nextInt(3), this::changeMode);
    while (files.size() < FEWEST) {
      add();
    }
    while (files.size() >= MOST) {
      delete();
    }
  }

  private void add() {
    SeriesContent.Kind kind = contents.anyKind();
    String path = contents.path(kind, ++names);
    put(path, kind, contents.of(kind, path, names), contents.mode(kind));
    if (kind == SeriesContent.Kind.SKILL) {
      String folder = path.substring(0, path.lastIndexOf('/'));
      String script = folder + "/scripts/run " + names + ".py";
      put(script, SeriesContent.Kind.SCRIPT, contents.python(names), 0755);
    }
  }

  private void change() {
    String path = pick(e -> e.kind() != SeriesContent.Kind.SETTINGS);
    Entry old = files.get(path);
    put(path, old.kind(), contents.of(old.kind(), path, ++names), old.mode());
  }

  private void delete() {
    files.remove(pick(e -> e.kind() != SeriesContent.Kind.SETTINGS));
  }

  private void rename() {
    String path = pick(e -> e.kind().renames());
    Entry entry = files.remove(path);
    String to = contents.path(entry.kind(), ++names);
    boolean sameType = extension(path).equals(extension(to));
    byte[] content = sameType ? entry.content() : contents.of(entry.kind(), to, names);
    put(to, entry.kind(), content, entry.mode());
  }

  /** What settings run directly stays executable; everything else takes any mode. */
  private void changeMode() {
    String path = pick(e -> e.kind() != SeriesContent.Kind.SETTINGS);
    Entry entry = files.get(path);
    int[] modes = entry.kind().runs() ? new int[] {0755, 0750, 0700} : new int[] {0644, 0640, 0600};
    int mode = modes[random.nextInt(modes.length)];
    put(path, entry.kind(), entry.content(), mode == entry.mode() ? mode | 0111 : mode);
  }

  private List<String> hookScripts() {
    return files.entrySet().stream()
        .filter(e -> e.getValue().kind() == SeriesContent.Kind.HOOK)
        .map(Map.Entry::getKey)
        .toList();
  }

  private String pick(Predicate<Entry> wanted) {
    List<String> all =
        files.entrySet().stream()
            .filter(e -> wanted.test(e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return all.get(random.nextInt(all.size()));
  }

  private void put(String path, SeriesContent.Kind kind, byte[] content, int mode) {
    files.put(path, new Entry(kind, content, mode));
  }

  private void put(String path, SeriesContent.Kind kind, String content, int mode) {
    put(path, kind, content.getBytes(StandardCharsets.UTF_8), mode);
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private static void write(Path file, Entry entry) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, entry.content());
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(FileModes.toPermissions(entry.mode()));
    }
  }
}
