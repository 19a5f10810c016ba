package dev.stravinsky.api;

/** Told how far a long piece of work is; called from any thread, must return at once. */
@FunctionalInterface
public interface Progress {
  /** Nobody is interested. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * Work went on.
   *
   * @param phase what is being done, for people, for example "Backing up"
   * @param done units done so far (bytes or files)
   * @param total units in all, 0 while unknown
   */
  void report(String phase, long done, long total);
}
