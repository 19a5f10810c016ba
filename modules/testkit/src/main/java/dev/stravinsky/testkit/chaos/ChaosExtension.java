package dev.stravinsky.testkit.chaos;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs the methods that are annotated with {@link ChaosTest}; there is no need to name it. */
public final class ChaosExtension implements TestTemplateInvocationContextProvider {
  private static final String ONLY = "stravinsky.chaos.only";

  /** Made by JUnit. */
  public ChaosExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getTestMethod().filter(m -> m.isAnnotationPresent(ChaosTest.class)).isPresent();
  }

  /** The runs; which there are after the first one is known when that has ended. */
  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ChaosTest asked = context.getRequiredTestMethod().getAnnotation(ChaosTest.class);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Runs(asked), Spliterator.ORDERED), false);
  }

  /** The first run, and those that follow from it. */
  private static final class Runs implements Iterator<TestTemplateInvocationContext> {
    private final ChaosTest asked;
    private final NothingWrong looking = new NothingWrong();
    private final ChaosRun first = new ChaosRun(looking);
    private boolean begun;
    private Iterator<OneFault> faults = List.<OneFault>of().iterator();
    private boolean planned;

    Runs(ChaosTest asked) {
      this.asked = asked;
    }

    @Override
    public boolean hasNext() {
      if (!begun) {
        return true;
      }
      if (!planned && first.passed()) {
        faults = plan().iterator();
      }
      planned = true;
      return faults.hasNext();
    }

    @Override
    public TestTemplateInvocationContext next() {
      if (!begun) {
        begun = true;
        return first;
      }
      return new ChaosRun(faults.next());
    }

    private List<OneFault> plan() {
      List<OneFault> all = new ArrayList<>();
      ChaosFault[] kinds = asked.faults().length == 0 ? ChaosFault.values() : asked.faults();
      String only = System.getProperty(ONLY, "");
      for (ChaosFault kind : kinds) {
        List<Seen> places = looking.seen().stream().filter(kind::canStrike).toList();
        for (int place : evenly(places.size(), asked.places())) {
          OneFault fault = new OneFault(kind, place, places.get(place));
          if (only.isEmpty() || fault.id().filter(only::equals).isPresent()) {
            all.add(fault);
          }
        }
      }
      return all;
    }

    private static List<Integer> evenly(int all, int most) {
      if (most < 1) {
        throw new IllegalArgumentException("places has to be 1 or more");
      }
      return all <= most
          ? IntStream.range(0, all).boxed().toList()
          : IntStream.rangeClosed(1, most)
              .mapToObj(i -> (int) ((long) i * all / most) - 1)
              .toList();
    }
  }
}
