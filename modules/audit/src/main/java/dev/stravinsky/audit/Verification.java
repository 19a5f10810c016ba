package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.audit.TrailReport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/** Holds the whole trail against its chain and against everything that remembers it. */
final class Verification {
  private static final byte[] PRUNED =
      ("\"event_type\":\"" + EventType.AUDIT_PRUNED + "\"").getBytes(StandardCharsets.US_ASCII);

  private final TrailFiles files;
  private final Witnesses witnesses;
  private final ChainWalk walk;
  private final Optional<String> expected;
  private final Map<Long, List<Witnesses.Witness>> seen = new HashMap<>();
  private final Set<TrailHead> checkpoints = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final Deque<Numbered> window = new ArrayDeque<>();
  private boolean expectedSeen;

  private Verification(TrailFiles files, Witnesses witnesses, Optional<String> expected) {
    this.files = files;
    this.witnesses = witnesses;
    this.walk = new ChainWalk(witnesses.head());
    this.expected = expected.map(hash -> hash.strip().toLowerCase(Locale.ROOT));
    for (Witnesses.Witness witness : witnesses.all()) {
      seen.computeIfAbsent(witness.seen().seq(), seq -> new ArrayList<>()).add(witness);
    }
    expectedSeen = this.expected.filter(TrailHead.EMPTY.hash()::equals).isPresent();
  }

  /** A line and, where it is a checkpoint, what it vouches for. */
  private record Numbered(ChainWalk.Step step, Optional<TrailHead> checkpoint) {}

  static TrailReport verify(TrailFiles files, Optional<String> expected) throws IOException {
    Verification verification = new Verification(files, Witnesses.of(files), expected);
    verification.walkAll();
    verification.judge();
    return new TrailReport(
        verification.walk.events(),
        verification.walk.good(),
        verification.walk.problems(),
        verification.notes);
  }

  private void walkAll() throws IOException {
    for (Path segment : files.segments()) {
      try (Lines lines = Lines.open(segment)) {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
          take(segment, line.get());
        }
      } catch (EOFException | ZipException e) {
        walk.problem("cannot be unpacked: " + e.getMessage(), segment, 1);
      }
    }
    while (!window.isEmpty()) {
      advance();
    }
    walk.end(files.log());
  }

  private void take(Path segment, Lines.Line line) {
    if (!line.whole()) {
      notes.add(
          segment
              + ":"
              + line.number()
              + ": a half-written last line, as a crash leaves one; the next event sets it aside");
      return;
    }
    Optional<Link> link = Link.of(line.bytes());
    Optional<TrailHead> checkpoint =
        link.filter(Link::sound).flatMap(l -> checkpointIn(line.bytes()));
    window.add(new Numbered(new ChainWalk.Step(link, segment, line.number()), checkpoint));
    if (window.size() > 2) {
      advance();
    }
  }

  private void advance() {
    Numbered first = window.removeFirst();
    List<ChainWalk.Step> ahead = window.stream().map(Numbered::step).toList();
    boolean belongs =
        walk.step(first.step(), ahead.stream().findFirst(), ahead.stream().skip(1).findFirst());
    if (belongs) {
      first.checkpoint().ifPresent(checkpoints::add);
      TrailHead head = first.step().asHead();
      expectedSeen |= expected.filter(head.hash()::equals).isPresent();
      seen.getOrDefault(head.seq(), List.of()).stream()
          .filter(witness -> !witness.seen().equals(head))
          .forEach(
              witness ->
                  walk.tell(
                      head.seq(),
                      first.step(),
                      "was changed: it is not the one that " + witness.file() + " has seen"));
    }
  }

  private void judge() throws IOException {
    judgeStart();
    judgeEnd();
    for (Path torn : files.tornLines()) {
      notes.add(torn + ": a half-written line that a crash left and that was set aside");
    }
    if (witnesses.headUnreadable()) {
      walk.problem("is not a head: whether events were cut off cannot be told", files.head(), 1);
    } else if (witnesses.head().isEmpty() && walk.events() > 1) {
      walk.problem("is missing: whether events were cut off cannot be told", files.head(), 1);
    }
    if (expected.isPresent() && !expectedSeen) {
      walk.problem(
          "no event has the hash " + expected.get() + ": this is not the trail it was taken from",
          files.log(),
          walk.goodStep().map(ChainWalk.Step::line).orElse(1));
    }
  }

  /** The trail may begin late if an event in it vouches for what was removed. */
  private void judgeStart() {
    if (walk.start().isPresent() && !checkpoints.contains(walk.start().get())) {
      long last = walk.start().get().seq();
      ChainWalk.Step first = walk.startStep().orElseThrow();
      String which = last == 1 ? "event 1 is" : "events 1 to " + last + " are";
      walk.problem(
          which + " missing at the beginning, and no event says that they were removed",
          first.file(),
          first.line());
    }
  }

  private void judgeEnd() {
    Optional<Witnesses.Witness> newest = witnesses.newest();
    long last = walk.good().seq();
    if (newest.isPresent()
        && newest.get().seen().seq() > last
        && !walk.hasTold(newest.get().seen().seq())) {
      walk.problem(
          "the trail ends with event "
              + last
              + ", but "
              + newest.get().file()
              + " has seen event "
              + newest.get().seen().seq()
              + ": what followed was cut off",
          files.log(),
          walk.goodStep().map(ChainWalk.Step::line).orElse(1));
    }
  }

  private static Optional<TrailHead> checkpointIn(byte[] line) {
    if (!contains(line, PRUNED)) {
      return Optional.empty();
    }
    return EventReader.read(line)
        .map(AuditEvent::content)
        .filter(content -> content.type() == EventType.AUDIT_PRUNED)
        .map(
            content ->
                new TrailHead(
                    Long.parseLong(content.details().getOrDefault(Rotation.THROUGH_SEQ, "0")),
                    content.details().getOrDefault(Rotation.THROUGH_HASH, "")));
  }

  private static boolean contains(byte[] line, byte[] wanted) {
    int last = wanted.length - 1;
    for (int i = 0; i + last < line.length; i++) {
      // Two bytes decide nearly always; this is asked at each byte of the whole trail.
      if (line[i + last - 1] == wanted[last - 1]
          && line[i] == wanted[0]
          && Arrays.equals(line, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
