package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;

/** Sees a trial go on. */
interface Watcher {
  /** Looks at nothing. */
  Watcher NOBODY =
      new Watcher() {
        @Override
        public void begin(Sandbox sandbox) {
          // Nothing to look at.
        }

        @Override
        public void after(String phase, Ending ending, Sandbox sandbox) {
          // Nothing was looked at.
        }
      };

  /** Everything is prepared. */
  void begin(Sandbox sandbox);

  /** A command has ended; what it did to the file system is still known. */
  void after(String phase, Ending ending, Sandbox sandbox);
}
