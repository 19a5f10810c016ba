package dev.stravinsky.pluginhost;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The plugin host's process; its arguments are the plugin folders as URIs. */
public final class HostMain {
  private static final int EXIT_FAILED = 1;

  private HostMain() {}

  /** Serves until standard input ends, which it does when the command that started it is gone. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    int status = EXIT_FAILED;
    // For a plugin that exits; whoever kills this process ends what it has started as well.
    Runtime.getRuntime().addShutdownHook(new Thread(HostMain::endDescendants));
    try {
      InputStream requests = System.in;
      ProtocolOutput answers = new ProtocolOutput(System.out);
      // What plugins print must not get between the protocol's lines.
      System.setIn(InputStream.nullInputStream());
      System.setOut(System.err);
      List<Path> folders = Arrays.stream(args).map(folder -> Path.of(URI.create(folder))).toList();
      status = new HostSession(folders, requests, answers).serve();
    } catch (Throwable e) {
      e.printStackTrace();
    } finally {
      endDescendants();
      // Felix's and plugins' threads need not be daemons: nothing else ends the process for sure.
      Runtime.getRuntime().halt(status);
    }
  }

  /** What a plugin has started does not outlive the command. */
  private static void endDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
