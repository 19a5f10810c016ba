package dev.stravinsky.chaos;

import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import java.util.List;

/**
 * Every power cut that a run can meet, numbered: point after point, and at each loss after loss.
 */
final class CrashPlaces {
  private final List<CrashPoint> points;
  private final int[] first;

  CrashPlaces(List<CrashPoint> points) {
    this.points = List.copyOf(points);
    this.first = new int[points.size() + 1];
    for (int i = 0; i < points.size(); i++) {
      first[i + 1] = first[i] + points.get(i).losses().size();
    }
  }

  /** One of them. */
  record Place(int number, CrashPoint point, Loss loss, boolean over) {
    DiskImage disk() {
      return point.after(loss);
    }

    @Override
    public String toString() {
      return point.place() + ", losing " + loss;
    }
  }

  List<CrashPoint> points() {
    return points;
  }

  /** How many there are. */
  int size() {
    return first[points.size()];
  }

  /** Those at one point. */
  List<Place> at(int point) {
    List<Loss> losses = points.get(point).losses();
    return java.util.stream.IntStream.range(0, losses.size())
        .mapToObj(
            i ->
                new Place(
                    first[point] + i, points.get(point), losses.get(i), point == points.size() - 1))
        .toList();
  }

  Place get(int number) {
    if (number < 0 || number >= size()) {
      throw new IndexOutOfBoundsException(number);
    }
    int found = java.util.Arrays.binarySearch(first, number);
    int point = found >= 0 ? found : -found - 2;
    return at(point).get(number - first[point]);
  }
}
