package dev.stravinsky.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code stravinsky-rescue} in a shell: {@code dash}, or {@code busybox} with its own tools. */
final class RescueScript {
  private final boolean busybox;
  private final Path applets;

  /**
   * @param folder for what the shell needs; one for all will do
   */
  RescueScript(String shell, Path folder) {
    busybox = shell.equals("busybox");
    applets = folder.resolve("applets");
  }

  Run types(User user, Object... words) throws Exception {
    Map<String, String> variables = new HashMap<>(user.variables());
    if (busybox) {
      makeApplets();
      variables.put("PATH", applets.toString());
    }
    List<Object> all = new ArrayList<>(List.of(busybox ? "sh" : "dash"));
    all.add(Distribution.HOME.resolve("bin/stravinsky-rescue"));
    all.addAll(List.of(words));
    return Run.of(variables, Path.of("/usr/bin/env"), all.toArray());
  }

  /** Every tool is busybox's own, and there is no other. */
  private void makeApplets() throws Exception {
    if (Files.exists(applets)) {
      return;
    }
    Files.createDirectory(applets);
    Path program = applets.resolve("busybox");
    Tools.must("cp", Tools.run("which", "busybox").out().strip(), program);
    for (String applet : Tools.run("busybox", "--list").out().lines().toList()) {
      if (!applet.equals("busybox")) {
        Files.createLink(applets.resolve(applet), program);
      }
    }
  }
}
