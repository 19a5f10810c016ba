package dev.stravinsky.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseSeriesTest {
  @Test
  void series_fortyReleases_changeInEveryWayAndKeepTheirSize() {
    long seed = System.nanoTime();
    ReleaseSeries series = ReleaseSeries.of(seed);
    int added = 0;
    int changed = 0;
    int deleted = 0;
    int modes = 0;
    Map<String, ReleaseSeries.Entry> before = series.next();
    for (int i = 2; i <= 40; i++) {
      Map<String, ReleaseSeries.Entry> now = series.next();
      assertThat(now).as("seed %d, release %d", seed, i).hasSizeBetween(30, 82);
      for (String path : now.keySet()) {
        ReleaseSeries.Entry old = before.get(path);
        if (old == null) {
          added++;
        } else {
          changed += Arrays.equals(old.content(), now.get(path).content()) ? 0 : 1;
          modes += old.mode() == now.get(path).mode() ? 0 : 1;
        }
      }
      deleted += (int) before.keySet().stream().filter(p -> !now.containsKey(p)).count();
      before = now;
    }
    assertThat(List.of(added, changed, deleted, modes)).as("seed %d", seed).allMatch(n -> n > 20);
  }

  @Test
  void series_allReleases_haveNoFileWhereAnotherHasAFolder() {
    long seed = System.nanoTime();
    ReleaseSeries series = ReleaseSeries.of(seed);
    Set<String> files = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      files.addAll(series.next().keySet());
    }
    List<String> folders = new ArrayList<>();
    for (String file : files) {
      for (int at = file.indexOf('/'); at >= 0; at = file.indexOf('/', at + 1)) {
        folders.add(file.substring(0, at));
      }
    }
    assertThat(files).as("seed %d", seed).doesNotContainAnyElementsOf(folders);
  }

  @Test
  void series_sameSeed_givesTheSameBytes() {
    ReleaseSeries one = ReleaseSeries.of(7);
    ReleaseSeries other = ReleaseSeries.of(7);
    for (int i = 0; i < 5; i++) {
      Map<String, ReleaseSeries.Entry> expected = other.next();
      one.next()
          .forEach((path, e) -> assertThat(e.content()).isEqualTo(expected.get(path).content()));
    }
  }
}
