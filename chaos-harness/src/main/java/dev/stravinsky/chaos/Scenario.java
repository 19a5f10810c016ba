package dev.stravinsky.chaos;

/**
 * A command and what happens to it, everywhere that it can.
 *
 * @param operation the command
 * @param fault what goes wrong
 * @param most how many places are tried at most, evenly chosen; all if there are fewer
 */
record Scenario(Operation operation, Fault fault, int most) {
  String name() {
    return operation.name().toLowerCase(java.util.Locale.ROOT) + ", " + fault.name();
  }

  Scenario thinnedTo(int number) {
    return new Scenario(operation, fault, number);
  }
}
