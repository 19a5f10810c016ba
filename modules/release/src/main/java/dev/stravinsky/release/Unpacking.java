package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.Descriptor.Listed;
import dev.stravinsky.release.Item.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Copies what was selected into an empty folder, comparing every checksum on the way. */
final class Unpacking {
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private final Selection selection;
  private final Path folder;
  private final Progress progress;
  private final Refusals refusals = new Refusals();
  private final Map<EntryPath, EntryState> states = new TreeMap<>();
  private final Set<Path> made = new HashSet<>();
  private int done;

  Unpacking(Selection selection, Path folder, Progress progress) {
    this.selection = selection;
    this.folder = folder;
    this.progress = progress;
    made.add(folder);
  }

  /** What was written, by the path in the release. */
  Map<EntryPath, EntryState> run(Contents contents) throws IOException {
    Set<EntryPath> files = new java.util.TreeSet<>();
    for (Item item : selection.items().values()) {
      if (item.kind() == Kind.FILE) {
        files.add(item.path());
      }
    }
    contents.read(files, this::file);
    for (Item item : selection.items().values()) {
      if (item.kind() == Kind.HARD_LINK) {
        hardLink(item);
      }
    }
    // Links last: nothing is ever written below or through one.
    for (Item item : selection.items().values()) {
      if (item.kind() == Kind.LINK) {
        link(item);
      }
    }
    refusals.orThrow();
    return states;
  }

  private void file(Item item, InputStream content) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(content);
    buffered.mark(2);
    boolean script = buffered.read() == '#' && buffered.read() == '!';
    buffered.reset();
    int mode = item.mode() == Item.NO_MODE ? script ? EXECUTABLE : PLAIN : item.mode();
    write(item.below(selection.root()), buffered, mode);
  }

  private void hardLink(Item item) throws IOException {
    EntryPath original =
        new Item(new EntryPath(item.link()), Kind.FILE, 0, "").below(selection.root());
    try (InputStream content = Files.newInputStream(original.resolveIn(folder))) {
      write(item.below(selection.root()), content, item.mode());
    }
  }

  private void write(EntryPath path, InputStream content, int mode) throws IOException {
    Listed listed = selection.listed().get(path);
    int bits = listed == null ? mode : listed.mode().orElse(mode);
    if ((bits & ~0777) != 0) {
      refusals.add(path.readable(), "has set-id or sticky bits");
    }
    MessageDigest digest = Sha256.newDigest();
    long size;
    try (InputStream hashed = new DigestInputStream(content, digest)) {
      // Readable for ourselves in any case; what the user will have is in the state.
      size = FileWrites.create(place(path), hashed, bits & 0777 | FileWrites.PRIVATE_FILE);
    } catch (FileAlreadyExistsException e) {
      throw Refusals.refused(path.readable() + " is the same name as another file here", e);
    }
    EntryState.Regular state = new EntryState.Regular(Sha256.from(digest), size, bits);
    if (listed != null && !listed.contents().contains(state.sha256())) {
      refusals.add(path.readable(), "does not have the checksum of release.json");
    } else if (listed != null && listed.sizeBytes().orElse(size) != size) {
      refusals.add(path.readable(), "does not have the size of release.json");
    }
    states.put(path, state);
    progress.report("Unpacking", ++done, selection.items().size());
  }

  private void link(Item item) throws IOException {
    EntryPath path = item.below(selection.root());
    Path link = place(path);
    try {
      FileWrites.createLink(link, LinkTargets.decode(item.link(), link));
    } catch (FileAlreadyExistsException e) {
      throw Refusals.refused(path.readable() + " is the same name as another file here", e);
    }
    states.put(path, new EntryState.Link(item.link()));
    progress.report("Unpacking", ++done, selection.items().size());
  }

  private Path place(EntryPath path) throws IOException {
    Path file = path.resolveIn(folder);
    makeDirectories(file.getParent());
    return file;
  }

  private void makeDirectories(Path directory) throws IOException {
    if (made.contains(directory)) {
      return;
    }
    makeDirectories(directory.getParent());
    try {
      FileWrites.createDirectory(directory, FileWrites.PRIVATE_DIRECTORY);
    } catch (FileAlreadyExistsException e) {
      throw Refusals.refused(directory.getFileName() + " is the same name as another here", e);
    }
    made.add(directory);
  }
}
