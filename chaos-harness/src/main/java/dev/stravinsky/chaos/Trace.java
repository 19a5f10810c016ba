package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FileOperation;
import java.util.ArrayList;
import java.util.List;

/** Writes down what the commands of a trial do to the file system. */
final class Trace implements Watcher {
  private final boolean changesOnly;
  private final List<String> lines = new ArrayList<>();
  private int known;

  Trace(boolean changesOnly) {
    this.changesOnly = changesOnly;
  }

  @Override
  public void begin(Sandbox sandbox) {
    sandbox.faults().trace(true);
  }

  @Override
  public void after(String phase, Ending ending, Sandbox sandbox) {
    List<FileOperation> all = sandbox.faults().traced();
    int from = all.size() < known ? 0 : known; // A new plan begins a new list.
    lines.add(phase + ":");
    all.subList(from, all.size()).stream()
        .filter(operation -> !changesOnly || operation.kind().changes())
        .forEach(operation -> lines.add("  " + operation));
    lines.add("  => " + ending.kind() + ": " + ending.detail());
    known = all.size();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
