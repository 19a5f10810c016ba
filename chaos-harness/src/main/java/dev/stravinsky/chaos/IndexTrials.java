package dev.stravinsky.chaos;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.chaos.ground.Folders;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets the index of the trail go bad, on the disk itself. It is made from the log, which is the
 * truth: no command may end otherwise for it, and whoever asks the trail is answered what the log
 * says.
 */
final class IndexTrials implements AutoCloseable {
  private static final String INDEX = "audit/audit.db";

  /** When it goes bad. */
  private enum Moment {
    BEFORE,
    MIDST,
    WHILE_ASKED
  }

  private record Place(Moment moment, IndexDamage damage) {
    @Override
    public String toString() {
      String when = moment.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return when + (moment == Moment.WHILE_ASKED ? "" : " the command") + ": " + damage.name();
    }
  }

  private final Path folder;
  private final World world;
  private final Oracle oracle;
  private final List<Place> places = new ArrayList<>();

  IndexTrials(Operation operation, Ground ground, long seed) throws IOException {
    folder = ground.plainFolder();
    world = Crew.alone(() -> World.plain(operation, folder));
    oracle = new Oracle(world.clean());
    Random random = new Random(seed);
    byte[] behind = behind();
    for (Moment moment : Moment.values()) {
      if (moment == Moment.MIDST && operation == Operation.AUDIT_WRITE) {
        continue; // It is a single append, which has no midst.
      }
      for (IndexDamage damage : IndexDamage.all(behind, behind.length, random)) {
        places.add(new Place(moment, damage));
      }
    }
  }

  /** An index of the log's first half, as one would be that was brought back from elsewhere. */
  private byte[] behind() throws IOException {
    try (Sandbox sandbox = world.copy()) {
      Path audit = sandbox.home().directory().resolve("audit");
      List<String> lines = Files.readAllLines(audit.resolve("operations.log"));
      Files.write(audit.resolve("operations.log"), lines.subList(0, (lines.size() + 1) / 2));
      Files.delete(audit.resolve("head.json"));
      sandbox.services().audit().rebuildIndex();
      sandbox.restart();
      return Files.readAllBytes(sandbox.home().directory().resolve(INDEX));
    }
  }

  int places() {
    return places.size();
  }

  String place(int number) {
    return places.get(number).toString();
  }

  /** Tries one of them. */
  Trial strike(int number) {
    Place place = places.get(number);
    List<String> violations = new ArrayList<>();
    AtomicInteger hits = new AtomicInteger();
    try (Sandbox sandbox = world.copy()) {
      violations.addAll(strike(place, sandbox, hits));
    } catch (IOException | RuntimeException e) {
      violations.add("the harness itself failed: " + e);
    }
    TrialId id = new TrialId(world.operation(), FaultKind.INDEX, number);
    return new Trial(id, place.toString(), hits.get() > 0, violations);
  }

  private List<String> strike(Place place, Sandbox sandbox, AtomicInteger hits) throws IOException {
    Path index = sandbox.home().directory().resolve(INDEX);
    sandbox.services().audit().query(EventQuery.ALL);
    sandbox.restart();
    List<String> violations = new ArrayList<>();
    if (place.moment() == Moment.BEFORE) {
      damage(place, index, hits);
    }
    Ending ending = run(place, sandbox, index, hits);
    if (ending.kind() != Ending.Kind.DONE) {
      violations.add("gave up for its index: " + ending);
    }
    violations.addAll(oracle.atRest(sandbox, ending, Fault.Aftermath.DOES_NOT_MATTER));
    try (Services asking = Services.in(sandbox.environment())) {
      violations.addAll(answers(asking, sandbox, "the next command"));
      if (place.moment() == Moment.WHILE_ASKED) {
        damage(place, index, hits);
        violations.addAll(answers(asking, sandbox, "the same one"));
      }
    }
    try (Services later = Services.in(sandbox.environment())) {
      violations.addAll(answers(later, sandbox, "the one after it"));
    }
    return violations;
  }

  private static void damage(Place place, Path index, AtomicInteger hits) throws IOException {
    place.damage().effect().on(index);
    hits.incrementAndGet();
  }

  /** The command; in its midst is where it draws its second identifier. */
  private Ending run(Place place, Sandbox sandbox, Path index, AtomicInteger hits)
      throws IOException {
    Environment usual = sandbox.environment();
    AtomicInteger drawn = new AtomicInteger();
    Supplier<String> ids =
        () -> {
          if (place.moment() == Moment.MIDST && drawn.incrementAndGet() == 2) {
            try {
              damage(place, index, hits);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
          return usual.ids().get();
        };
    try (Services services = Services.in(with(usual, ids))) {
      return world.operation().run(services);
    }
  }

  private static Environment with(Environment usual, Supplier<String> ids) {
    return new Environment(
        usual.home(),
        usual.stravinskyHome(),
        usual.userHome(),
        usual.workingDirectory(),
        usual.installation(),
        usual.variables(),
        usual.clock(),
        ids,
        usual.hostname(),
        usual.user(),
        usual.command(),
        usual.platform());
  }

  /** Whether the trail says what its log says, in whatever way it is asked. */
  private static List<String> answers(Services services, Sandbox sandbox, String who) {
    List<String> violations = new ArrayList<>();
    try {
      List<String> truth = TrailOracle.eventIds(sandbox.home());
      List<AuditEvent> said = services.audit().query(EventQuery.ALL).reversed();
      if (!said.stream().map(e -> e.content().eventId()).toList().equals(truth)) {
        violations.add(who + " is told of " + said.size() + " events, not " + truth.size());
      }
      List<String> lines = TrailOracle.lines(sandbox.home());
      long updates =
          lines.stream().filter(l -> l.contains("\"event_type\":\"UPDATE_SUCCESS\"")).count();
      EventQuery asked = EventQuery.ALL.withType(EventType.UPDATE_SUCCESS);
      if (services.audit().query(asked).size() != updates) {
        violations.add(who + " is not told of " + updates + " updates");
      }
      for (AuditEvent event : said) {
        if (lines.stream().noneMatch(line -> tells(line, event))) {
          violations.add(who + " is told of an event that the log does not have: " + event.seq());
        }
      }
    } catch (IOException | RuntimeException e) {
      violations.add(who + " is told nothing: " + e);
    }
    return violations;
  }

  private static boolean tells(String line, AuditEvent event) {
    return line.contains("\"hash\":\"" + event.hash())
        && line.startsWith("{\"seq\":" + event.seq() + ",")
        && line.contains("\"event_type\":\"" + event.content().type())
        && line.contains("\"user\":\"" + event.user() + "\"")
        && line.contains("\"hostname\":\"" + event.hostname() + "\"")
        && line.contains("\"timestamp\":\"" + event.timestamp().toString().substring(0, 19))
        && event.content().details().values().stream().allMatch(line::contains);
  }

  @Override
  public void close() throws IOException {
    world.close();
    Folders.delete(folder);
  }
}
