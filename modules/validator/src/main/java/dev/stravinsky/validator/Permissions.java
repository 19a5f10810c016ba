package dev.stravinsky.validator;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is to be backed up can be read, and where something is to be written can be written. */
final class Permissions implements Validator {

  @Override
  public String id() {
    return "permissions";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "Every file of the targets can be read for the backup; every folder in which a file is"
        + " created, replaced or deleted, and the product's own home, can be written.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>();
    writable(context.home(), Severity.BLOCK, findings);
    for (TargetView view : context.targets()) {
      for (TargetView.Node node : view.nodes()) {
        if (context.cancellation().requested()) {
          return findings;
        }
        readable(view, node, findings);
      }
      for (TargetView.Node node : view.special()) {
        findings.add(
            finding(Severity.WARN, "a pipe, socket or device: left alone, and not backed up")
                .inFile(node.location()));
      }
    }
    for (Path folder : foldersToWrite(context)) {
      writable(folder, Severity.BLOCK, findings);
    }
    if (context.changed().isEmpty()) {
      // Nothing is going to be written now; say early that nothing could be.
      for (TargetView view : context.targets()) {
        writable(view.target().root(), Severity.WARN, findings);
      }
    }
    return findings.stream().distinct().toList();
  }

  /** A file is exchanged in the folder where its content is: at the end of a link's chain. */
  private static Set<Path> foldersToWrite(CheckContext context) {
    Set<Path> folders = new LinkedHashSet<>();
    for (TargetPath place : context.changed()) {
      Path live = place.live();
      Path content = context.nodeAt(live).flatMap(TargetView.Node::linkEnd).orElse(live);
      if (content.getParent() != null) {
        folders.add(content.getParent());
      }
    }
    return folders;
  }

  private void readable(TargetView view, TargetView.Node node, List<Finding> findings)
      throws IOException {
    Path content = node.content();
    // A link that leads to no file is backed up as it is.
    boolean hasContent =
        Presence.attributes(content, LinkOption.NOFOLLOW_LINKS)
            .filter(there -> !there.isSymbolicLink())
            .isPresent();
    if (hasContent && !Files.isReadable(content)) {
      findings.add(
          finding(Severity.BLOCK, "cannot be read, so it cannot be backed up")
              .inFile(node.path().resolveIn(view.target().root()))
              .withHint("make it readable: chmod u+r"));
    }
  }

  private void writable(Path wanted, Severity severity, List<Finding> findings) throws IOException {
    Path folder = Nearest.existing(wanted);
    if (!Presence.isDirectory(folder)) {
      findings.add(finding(severity, "is not a folder").inFile(folder));
    } else if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
      String what = folder.equals(wanted) ? "" : ", so " + wanted + " cannot be made";
      findings.add(
          finding(severity, "nothing can be written in this folder" + what)
              .inFile(folder)
              .withHint("fix its permissions or its owner, then type the command again"));
    }
  }

  private Finding finding(Severity severity, String message) {
    return Finding.of(id(), severity, ErrorKind.PERMISSION_DENIED, message);
  }
}
