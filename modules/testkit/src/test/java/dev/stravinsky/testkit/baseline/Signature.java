package dev.stravinsky.testkit.baseline;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle's exported packages promise, as bnd reads it: a line for each type and each member,
 * and what adding or removing it means for those who use it.
 */
record Signature(SortedMap<String, Meaning> elements) {
  private static final Set<String> EVERYBODYS =
      Set.of("clone()", "finalize()", "equals(java.lang.Object)", "hashCode()", "toString()");

  /** Which part of the version has to grow. */
  record Meaning(Delta added, Delta removed) {}

  /** Of a JAR or a folder of classes with a manifest. */
  static Signature of(Path bundle) throws Exception {
    Signature signature = new Signature(new TreeMap<>());
    try (Jar jar = new Jar(bundle.toFile())) {
      for (Tree part : new DiffPluginImpl().tree(jar).getChildren()) {
        if (part.getType() == Type.API) {
          for (Tree each : part.getChildren()) {
            if (each.getType() == Type.PACKAGE) {
              signature.add(each);
            }
          }
        }
      }
    }
    return signature;
  }

  private void add(Tree exported) {
    for (Tree type : exported.getChildren()) {
      if (type.getName().startsWith(exported.getName() + ".")) {
        elements.put(type.getName(), new Meaning(type.ifAdded(), type.ifRemoved()));
        for (Tree member : type.getChildren()) {
          if (member.getType() != Type.ANNOTATED && !EVERYBODYS.contains(member.getName())) {
            elements.put(
                type.getName() + " " + line(member),
                new Meaning(member.ifAdded(), member.ifRemoved()));
          }
        }
      }
    }
  }

  private static String line(Tree member) {
    List<String> words = new ArrayList<>(List.of(member.getType().name(), member.getName()));
    for (Tree part : member.getChildren()) {
      if (part.getType() != Type.ANNOTATED) {
        words.add(part.getName());
      }
    }
    return String.join(" ", words);
  }

  /** The lines of a baseline, without its first one. */
  static Signature read(List<String> lines) throws IOException {
    Signature signature = new Signature(new TreeMap<>());
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      Delta removed = Delta.valueOf(parts[0]);
      signature.elements.put(parts[1], new Meaning(Delta.MINOR, removed));
    }
    return signature;
  }

  List<String> lines() {
    return elements.entrySet().stream()
        .map(e -> e.getValue().removed() + " " + e.getKey())
        .toList();
  }

  /** What became other than in {@code older}, and how much that is; not the parts of what did. */
  SortedMap<String, Delta> changesFrom(Signature older) {
    SortedMap<String, Delta> changes = new TreeMap<>();
    missing(older.elements, elements)
        .forEach((name, meaning) -> changes.put("removed: " + name, meaning.removed()));
    missing(elements, older.elements)
        .forEach((name, meaning) -> changes.put("added: " + name, meaning.added()));
    changes.values().removeIf(delta -> delta != Delta.MAJOR && delta != Delta.MINOR);
    return changes;
  }

  private static Map<String, Meaning> missing(
      SortedMap<String, Meaning> all, SortedMap<String, Meaning> others) {
    Map<String, Meaning> missing = new TreeMap<>(all);
    missing.keySet().removeAll(others.keySet());
    Set<String> names = Set.copyOf(missing.keySet());
    missing.keySet().removeIf(n -> n.contains(" ") && names.contains(n.split(" ", 2)[0]));
    return missing;
  }
}
