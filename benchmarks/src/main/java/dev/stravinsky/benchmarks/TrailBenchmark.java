package dev.stravinsky.benchmarks;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the trail costs who writes it, and who asks it. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrailBenchmark {
  private static final int GROUP = 1_000;

  /** One event, forced. */
  @Benchmark
  public Object appendOne(Grown trail) throws IOException {
    return trail.append(1);
  }

  /** A thousand, forced at once. */
  @Benchmark
  public Object appendThousand(Grown trail) throws IOException {
    return trail.append(GROUP);
  }

  /** The newest twenty of one type, version and scope, of all. */
  @Benchmark
  public Object query(Grown trail) throws IOException {
    EventQuery query =
        new EventQuery(
            Optional.of(EventType.AUTO_ROLLBACK),
            Optional.of("v7"),
            Optional.empty(),
            Optional.of("user"),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(20));
    return trail.trail().query(query).size();
  }

  /** The whole chain. */
  @Benchmark
  public Object verify(Grown trail) throws IOException {
    TrailReport report = trail.trail().verify(Optional.empty());
    if (!report.intact()) {
      throw new IOException("the benchmark's own trail is damaged: " + report.problems());
    }
    return report.head().hash();
  }

  /** So many events. */
  @State(Scope.Benchmark)
  public static class Grown {
    private static final List<EventType> TYPES =
        List.of(
            EventType.UPDATE_START,
            EventType.UPDATE_SUCCESS,
            EventType.BACKUP_CREATED,
            EventType.AUTO_ROLLBACK);

    @Param({"10000", "1000000"})
    public int events;

    private World world;
    private int appended;

    @Setup(Level.Trial)
    public void create() throws IOException {
      world = World.create(0);
      while (appended < events) {
        append(Math.min(GROUP, events - appended));
      }
      // The index follows the log at the first question.
      trail().query(EventQuery.ALL.withType(EventType.AUTO_ROLLBACK).withLimit(1));
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
      world.close();
    }

    AuditTrail trail() {
      return world.services().audit();
    }

    int append(int count) throws IOException {
      List<EventDraft> drafts = new ArrayList<>();
      for (int i = 0; i < count; i++, appended++) {
        EventType type = TYPES.get(appended % TYPES.size());
        drafts.add(
            EventDraft.of("e" + appended, type, EventStatus.SUCCESS, "user")
                .withVersion("v" + appended / TYPES.size() % 1_000)
                .withDuration(Duration.ofMillis(appended % 5_000)));
      }
      return trail().appendAll(drafts).size();
    }
  }
}
