package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packaged program under {@code strace}, attached to its main thread alone: the virtual machine
 * waits at its start until it is. So {@code when=N} counts the calls of the one thread that changes
 * files, and neither those of the virtual machine nor of the checks' processes.
 */
final class Traced {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Trial trial;
  private final Path folder;
  private final Path pause;
  private final List<String> command;

  /**
   * @param folder for what is written on the way, outside of the trial's home
   */
  Traced(Trial trial, Path folder) throws IOException, InterruptedException {
    this.trial = trial;
    this.folder = Files.createDirectories(folder);
    this.pause = folder.resolve("pause");
    this.command =
        JavaCommand.ofUpdate(
            trial.user(),
            "-Dstravinsky.threads=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+PauseAtStartup",
            "-XX:PauseAtStartupFile=" + pause);
  }

  Trial trial() {
    return trial;
  }

  /**
   * @param run how the program ended; the status of a killed one is 137
   * @param calls what {@code strace} wrote
   */
  record Result(Run run, List<String> calls) {}

  /** Tries the update once with these options of {@code strace}. */
  Result run(List<String> options) throws IOException, InterruptedException {
    Files.deleteIfExists(pause);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Path calls = folder.resolve("calls");
    Path said = folder.resolve("strace");
    Process program = start(command(), out, err);
    waitUntil(() -> Files.exists(pause));
    List<String> strace =
        new ArrayList<>(List.of("strace", "-y", "-s", "1", "-o", calls.toString()));
    strace.addAll(options);
    strace.addAll(List.of("-p", mainThread(program)));
    Process tracer = start(strace, folder.resolve("none"), said);
    waitUntil(() -> Files.readString(said).contains("attached"));
    Files.delete(pause);
    int status = program.waitFor();
    tracer.waitFor();
    return new Result(
        new Run(status, Files.readString(out), Files.readString(err)),
        Files.readAllLines(calls, StandardCharsets.ISO_8859_1));
  }

  /** All threads and what they start, without stopping anywhere. */
  Result runWhole(List<String> options) throws IOException, InterruptedException {
    Path calls = folder.resolve("calls");
    List<String> strace =
        new ArrayList<>(List.of("strace", "-f", "-y", "-s", "1", "-o", calls.toString()));
    strace.addAll(options);
    strace.addAll(command().stream().filter(word -> !word.contains("PauseAtStartup")).toList());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int status = start(strace, out, err).waitFor();
    return new Result(
        new Run(status, Files.readString(out), Files.readString(err)),
        Files.readAllLines(calls, StandardCharsets.ISO_8859_1));
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(command);
    for (Object word : trial.words()) {
      words.add(word.toString());
    }
    return words;
  }

  private Process start(List<String> words, Path out, Path err) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().clear();
    process.environment().putAll(trial.user().variables());
    return process.start();
  }

  /** The launcher's first thread only starts another one, which then is all there is. */
  private static String mainThread(Process program) throws IOException {
    String first = Long.toString(program.pid());
    try (Stream<Path> threads = Files.list(Path.of("/proc", first, "task"))) {
      List<String> others =
          threads.map(t -> t.getFileName().toString()).filter(t -> !t.equals(first)).toList();
      if (others.size() != 1) {
        throw new IOException("not one main thread, but " + others);
      }
      return others.getFirst();
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void waitUntil(Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException("nothing happened within " + PATIENCE);
      }
      Thread.sleep(2);
    }
  }
}
