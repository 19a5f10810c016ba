package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code recovery/conflicts/<version>/<target>/<path>}, each file with a note beside it. A
 * project's targets have a mark of the project behind their name, since projects have equal paths.
 */
final class ConflictFolder implements Conflicts {
  private static final int MARK_LENGTH = 12;

  private final Environment environment;
  private final Path folder;

  ConflictFolder(Environment environment) {
    this.environment = environment;
    this.folder = environment.home().conflicts();
  }

  @Override
  public Conflict setAside(Version version, Target target, EntryPath path, Path content)
      throws IOException {
    return keep(version, target, path, place(version, target, path), content, ConflictFolder::copy);
  }

  @Override
  public Conflict setAsideBeside(Version version, Target target, EntryPath path, Path content)
      throws IOException {
    Path place = place(version, target, path);
    for (int i = 2; Placement.exists(place) && !isCopy(place, content); i++) {
      place = place(version, target, new EntryPath(path.encoded() + "~" + i));
    }
    return keep(version, target, path, place, content, ConflictFolder::copy);
  }

  private static boolean isCopy(Path there, Path content) throws IOException {
    return Presence.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(there, content) < 0;
  }

  @Override
  public Conflict adopt(Version version, Target target, EntryPath path, Path file)
      throws IOException {
    Path place = place(version, target, path);
    return keep(version, target, path, place, file, ConflictFolder::linkOrCopy);
  }

  /** How a file's content comes to a place. */
  @FunctionalInterface
  private interface Bringing {
    void bring(Path content, Path place) throws IOException;
  }

  private Conflict keep(
      Version version, Target target, EntryPath path, Path place, Path content, Bringing bringing)
      throws IOException {
    if (path.equals(EntryPath.ROOT)) {
      throw new IllegalArgumentException("a conflict is about a file");
    }
    Path live = path.resolveIn(target.root());
    Conflict conflict = new Conflict(target.scope(), version, target.name(), path, live, place);
    Durable.createDirectories(place.getParent());
    // The note first: a copy without one would be there unseen.
    byte[] note = ConflictNote.encode(conflict, environment.clock().instant());
    Durable.replace(note(place), note, FileWrites.PRIVATE_FILE);
    bringing.bring(content, place);
    return conflict;
  }

  @Override
  public Optional<Conflict> find(Version version, Target target, EntryPath path)
      throws IOException {
    Path place = place(version, target, path);
    Path live = path.resolveIn(target.root());
    return Placement.exists(place)
        ? Optional.of(new Conflict(target.scope(), version, target.name(), path, live, place))
        : Optional.empty();
  }

  @Override
  public List<Conflict> list() throws IOException {
    if (!Presence.isDirectory(folder)) {
      return List.of();
    }
    List<Path> notes;
    try (Stream<Path> all = Files.walk(folder)) {
      notes = all.filter(ConflictFolder::isNote).sorted().toList();
    }
    List<ConflictNote> waiting = new ArrayList<>();
    for (Path each : notes) {
      ConflictNote note = ConflictNote.decode(each);
      if (Placement.exists(note.conflict().theirs())) {
        waiting.add(note);
      }
    }
    return waiting.stream()
        .sorted(Comparator.comparing(ConflictNote::since))
        .map(ConflictNote::conflict)
        .toList();
  }

  @Override
  public void resolve(Conflict conflict) throws IOException {
    Path place = conflict.theirs().normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IllegalArgumentException(place + " is no conflict of " + folder);
    }
    // The copy first: a note without one is not listed.
    FileWrites.deleteIfExists(place);
    FileWrites.deleteIfExists(note(place));
    for (Path each = place.getParent(); !each.equals(folder); each = each.getParent()) {
      try {
        FileWrites.deleteIfExists(each);
      } catch (DirectoryNotEmptyException e) {
        break;
      }
    }
  }

  /** A place for the file: another folder where a file stands in the way of a directory. */
  private Path place(Version version, Target target, EntryPath path) throws IOException {
    Path top = folder.resolve(version.value());
    String name = folderName(target);
    for (int i = 1; true; i++) {
      Path place = path.resolveIn(top.resolve(i == 1 ? name : name + "~" + i));
      if (!Presence.isDirectory(place, LinkOption.NOFOLLOW_LINKS) && parentsFit(place)) {
        return place;
      }
    }
  }

  private boolean parentsFit(Path place) throws IOException {
    for (Path each = place.getParent(); !each.equals(folder); each = each.getParent()) {
      if (Placement.exists(each) && !Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static String folderName(Target target) {
    return target.scope() instanceof Scope.User
        ? target.name()
        : target.name() + "@" + mark(target.scope().key());
  }

  private static String mark(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, MARK_LENGTH);
  }

  /** A name that no other conflict's file has. */
  private static Path note(Path place) {
    String name = EntryPath.relativize(place.getParent(), place).encoded();
    return place.resolveSibling("." + mark(name) + ".conflict.json");
  }

  private static boolean isNote(Path file) {
    String name = file.getFileName().toString();
    return name.length() == MARK_LENGTH + ".".length() + ".conflict.json".length()
        && name.startsWith(".")
        && name.endsWith(".conflict.json");
  }

  private static void linkOrCopy(Path file, Path place) throws IOException {
    if (Presence.isSymbolicLink(file)) {
      copy(file, place);
      return;
    }
    Path temporary = temporary(place);
    try {
      FileWrites.createHardLink(temporary, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      copy(file, place); // Another file system, or one without second names.
      return;
    }
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ)) {
      Durable.force(channel);
    }
    FileWrites.rename(temporary, place);
    // A rename between two names of one file does nothing: it was adopted before.
    FileWrites.deleteIfExists(temporary);
    Durable.forceDirectory(place.getParent());
  }

  /** Where a copy grows; what a crash left there is removed. */
  private static Path temporary(Path place) throws IOException {
    Path temporary = place.resolveSibling("." + mark(place.toString()) + ".tmp");
    FileWrites.deleteIfExists(temporary);
    return temporary;
  }

  /** A link is kept as a link: what it leads to is nobody's question here. */
  private static void copy(Path content, Path place) throws IOException {
    Path temporary = temporary(place);
    if (Presence.isSymbolicLink(content)) {
      FileWrites.createLink(temporary, Files.readSymbolicLink(content));
    } else {
      try (InputStream in = Files.newInputStream(content);
          FileChannel channel = FileWrites.create(temporary)) {
        in.transferTo(Channels.newOutputStream(channel));
        Durable.force(channel);
      }
    }
    FileWrites.rename(temporary, place);
    Durable.forceDirectory(place.getParent());
  }
}
