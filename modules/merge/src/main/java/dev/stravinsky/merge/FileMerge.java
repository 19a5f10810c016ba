package dev.stravinsky.merge;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.merge.json.JsonMerge;
import dev.stravinsky.merge.text.TextMerge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings two changed versions of one file together: content and mode each on its own, content only
 * where both sides changed it.
 */
final class FileMerge {
  /** Larger files are data. Claude Code reads no settings beyond that either. */
  private static final long MAX_BYTES = 2 << 20;

  private static final int MOST_KEYS_SHOWN = 5;

  private final ConflictPolicy policy;
  private final Path scratch;
  private final Supplier<Conflicts> waiting;
  private int written;

  /**
   * @param scratch where merged files are written
   * @param waiting the conflicts of earlier updates; asked for only when a text is to be merged
   */
  FileMerge(ConflictPolicy policy, Path scratch, Supplier<Conflicts> waiting) {
    this.policy = policy;
    this.scratch = scratch;
    this.waiting = waiting;
  }

  /** How it ended. */
  sealed interface Result {}

  /**
   * There is one file of both.
   *
   * @param content where it can be read
   * @param conflict whether some of the user's stayed where the release changed it too
   * @param how for people
   */
  record Merged(Path content, EntryState.Regular state, boolean conflict, String how)
      implements Result {}

  /** There is none; {@code why} is empty where the changes meet. */
  record Refused(String why) implements Result {}

  /** The three sides' states. */
  private record States(
      Optional<EntryState.Regular> base, EntryState.Regular live, EntryState.Regular incoming) {

    /** The mode, if one side alone changed it; without a base it is the user's. */
    Optional<Integer> mode() {
      int before = base.map(EntryState.Regular::mode).orElse(incoming.mode());
      if (incoming.mode() == before || incoming.mode() == live.mode()) {
        return Optional.of(live.mode());
      }
      return live.mode() == before ? Optional.of(incoming.mode()) : Optional.empty();
    }

    boolean inBase(EntryState.Regular side) {
      return base.filter(b -> b.sha256().equals(side.sha256())).isPresent();
    }

    boolean large() {
      long most = base.map(EntryState.Regular::sizeBytes).orElse(0L);
      return Math.max(most, Math.max(live.sizeBytes(), incoming.sizeBytes())) > MAX_BYTES;
    }
  }

  /** Merges a file of which each side that there is is a regular file, or the end of a link. */
  Result merge(Target target, FileSides file) throws IOException {
    if (file.base().isEmpty() && !isSettings(target, file.path())) {
      return new Refused("");
    }
    States states =
        new States(
            file.base().map(EntryState.Regular.class::cast),
            (EntryState.Regular) file.live().beforeContent(),
            (EntryState.Regular) file.incoming().orElseThrow());
    Optional<Integer> mode = states.mode();
    if (mode.isEmpty()) {
      return new Refused("its mode among others");
    }
    EntryState.Regular live = states.live();
    EntryState.Regular incoming = states.incoming();
    if (states.inBase(live)) {
      return whole(file, file.incomingContent(), incoming, mode.get(), "yours is the mode");
    }
    if (states.inBase(incoming) || live.sha256().equals(incoming.sha256())) {
      Path mine = file.live().content().orElseThrow();
      return whole(file, mine, live, mode.get(), "the release's is the mode");
    }
    return states.large()
        ? new Refused("it is too large to be merged")
        : contents(target, file, states, mode.get());
  }

  /** One side's content under the merged mode: checks look at that of the file that they see. */
  private Merged whole(FileSides file, Path content, EntryState.Regular state, int mode, String how)
      throws IOException {
    EntryState.Regular moded = new EntryState.Regular(state.sha256(), state.sizeBytes(), mode);
    if (state.mode() == mode) {
      return new Merged(content, moded, false, how);
    }
    Path copy = place(file);
    try (InputStream in = Files.newInputStream(content)) {
      FileWrites.create(copy, in, visible(mode));
    }
    return new Merged(copy, moded, false, how);
  }

  private Result contents(Target target, FileSides file, States states, int mode)
      throws IOException {
    Optional<byte[]> base = Optional.empty();
    if (states.base().isPresent()) {
      base = read(file.baseContent(), states.base().get());
      if (base.isEmpty()) {
        return new Refused("the copy of the installed release is damaged");
      }
    }
    Path live = file.live().content().orElseThrow();
    byte[] mine =
        read(live, states.live()).orElseThrow(() -> new ConcurrentChangeException(List.of(live)));
    byte[] theirs =
        read(file.incomingContent(), states.incoming())
            .orElseThrow(() -> new IOException(file.incomingContent() + " changed meanwhile"));
    Optional<String> before = text(base.orElse(new byte[0]));
    Optional<String> myText = text(mine);
    Optional<String> theirText = text(theirs);
    if (before.isEmpty() || myText.isEmpty() || theirText.isEmpty()) {
      return new Refused("it is no text in UTF-8");
    }
    if (file.path().name().toLowerCase(Locale.ROOT).endsWith(".json")) {
      Optional<String> published = base.isPresent() ? before : Optional.empty();
      boolean take = policy == ConflictPolicy.TAKE;
      boolean settings = isSettings(target, file.path());
      return json(
          file, JsonMerge.merge(published, myText.get(), theirText.get(), settings, take), mode);
    }
    if (waits(target, file.path())) {
      return new Refused("an earlier conflict about it waits");
    }
    Optional<String> merged = TextMerge.merge(before.get(), myText.get(), theirText.get());
    return merged.isPresent()
        ? written(file, merged.get(), mode, false, "merged by lines")
        : new Refused("");
  }

  private Result json(FileSides file, JsonMerge.Result result, int mode) throws IOException {
    return switch (result) {
      case JsonMerge.Unreadable unreadable -> new Refused(unreadable.why());
      case JsonMerge.Merged merged when merged.conflicts().isEmpty() ->
          written(file, merged.text(), mode, false, "merged by keys");
      case JsonMerge.Merged merged when policy == ConflictPolicy.TAKE ->
          written(
              file,
              merged.text(),
              mode,
              false,
              "merged by keys, the release's taken of "
                  + keys(merged.conflicts())
                  + "; yours is in the backup");
      case JsonMerge.Merged merged ->
          written(
              file,
              merged.text(),
              mode,
              true,
              "both changed " + keys(merged.conflicts()) + ": yours stays; the rest is merged");
    };
  }

  private static String keys(List<String> all) {
    String more = all.size() > MOST_KEYS_SHOWN ? ", ..." : "";
    return String.join(", ", all.subList(0, Math.min(MOST_KEYS_SHOWN, all.size()))) + more;
  }

  private Merged written(FileSides file, String text, int mode, boolean conflict, String how)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path content = place(file);
    FileWrites.create(content, bytes, visible(mode));
    EntryState.Regular state = new EntryState.Regular(Sha256.of(bytes), bytes.length, mode);
    return new Merged(content, state, conflict, how);
  }

  /** A place for a merged file, under its own name: checks look at that too. */
  private Path place(FileSides file) throws IOException {
    Path folder = scratch.resolve(String.valueOf(++written));
    Durable.createDirectories(folder);
    return new EntryPath(file.path().name()).resolveIn(folder);
  }

  private static int visible(int mode) {
    return mode & 0777 | FileWrites.PRIVATE_FILE;
  }

  /**
   * Whether a release's version of it is still set aside: then the user's has none of what that
   * release changed, and a later change may build on it.
   */
  private boolean waits(Target target, EntryPath path) throws IOException {
    return waiting.get().list().stream()
        .filter(each -> each.scope().equals(target.scope()) && each.path().equals(path))
        .anyMatch(each -> each.target().equals(target.name()));
  }

  private static boolean isSettings(Target target, EntryPath path) {
    return target.name().equals("settings") && path.name().endsWith(".json");
  }

  /** The content; empty if it is not what the state says. */
  private static Optional<byte[]> read(Path file, EntryState.Regular state) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Optional.of(bytes).filter(b -> Sha256.of(b).equals(state.sha256()));
  }

  private static Optional<String> text(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
