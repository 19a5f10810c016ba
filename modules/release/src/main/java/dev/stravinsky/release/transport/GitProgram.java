package dev.stravinsky.release.transport;

import dev.stravinsky.api.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user's {@code git}, for one repository: it asks nobody anything, runs no hook, and takes no
 * other repository for this one because of a variable.
 */
final class GitProgram {
  private static final long POLL_MILLIS = 50;
  private static final int MESSAGE_BYTES = 4000;

  /** Those that say where and how a repository is, which is said here. */
  private static final Set<String> LOCAL =
      Set.of(
          "GIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_NAMESPACE",
          "GIT_SHALLOW_FILE",
          "GIT_GRAFT_FILE",
          "GIT_TEMPLATE_DIR",
          "GIT_CONFIG",
          "GIT_CONFIG_PARAMETERS",
          "GIT_CONFIG_COUNT");

  private final Path program;
  private final Path repository;
  private final Map<String, String> variables;

  private boolean quietSsh;

  /**
   * @param repository where it is, or is to be
   */
  GitProgram(Path program, Path repository, Map<String, String> variables) {
    this.program = program;
    this.repository = repository;
    this.variables = variables;
  }

  /** Where it is on the {@code PATH}. */
  static Optional<Path> find(Environment environment) {
    String path = environment.variables().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .filter(each -> each.startsWith("/"))
        .map(each -> environment.workingDirectory().resolve(each).resolve("git"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Asked again and again while it runs; what it throws ends it. */
  interface Watch {
    void look() throws IOException;
  }

  /** A run that ended with a status other than 0, and git's own words. */
  static final class GitFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    GitFailedException(String words) {
      super(words);
    }
  }

  /**
   * Runs it.
   *
   * @param output gets its standard output
   * @throws GitFailedException if it failed
   */
  void run(OutputStream output, Watch watch, String... arguments) throws IOException {
    Process process = start(arguments);
    StringBuilder words = new StringBuilder();
    IOException[] failure = new IOException[1];
    try {
      process.getOutputStream().close();
      Thread messages = Thread.ofVirtual().start(() -> words.append(words(process)));
      Thread content =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (InputStream in = process.getInputStream()) {
                      in.transferTo(output);
                    } catch (IOException e) {
                      failure[0] = e;
                      end(process);
                    }
                  });
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        watch.look();
      }
      content.join();
      messages.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      end(process);
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    if (process.exitValue() != 0) {
      throw new GitFailedException(words.toString());
    }
  }

  /** Lets ssh ask nothing, unless a variable or git's settings say how to connect. */
  void quietSsh(Watch watch) throws IOException {
    if (variables.containsKey("GIT_SSH_COMMAND") || variables.containsKey("GIT_SSH")) {
      return;
    }
    try {
      run(OutputStream.nullOutputStream(), watch, "config", "--get", "core.sshCommand");
    } catch (GitFailedException e) {
      quietSsh = true; // There is no such setting.
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (String setting :
        List.of(
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "protocol.ext.allow=never",
            "fetch.recurseSubmodules=false",
            "gc.auto=0",
            "maintenance.auto=false",
            "tar.umask=0022")) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.keySet().removeAll(LOCAL);
    environment.put("GIT_DIR", repository.toString());
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    environment.put("GIT_ASKPASS", ""); // None: one that is empty is not run.
    if (quietSsh) {
      environment.put("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
    }
    environment.put("LC_ALL", "C");
    return builder.start();
  }

  /** The last of what it says, fit for a message. */
  private static String words(Process process) {
    try (InputStream in = process.getErrorStream()) {
      byte[] all = in.readNBytes(MESSAGE_BYTES);
      in.transferTo(OutputStream.nullOutputStream());
      List<String> lines =
          new String(all, StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceAll("\\p{Cntrl}", "?").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      return String.join(" / ", lines.subList(0, Math.min(3, lines.size())));
    } catch (IOException e) {
      return "git said nothing";
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
