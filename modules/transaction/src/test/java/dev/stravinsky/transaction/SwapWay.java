package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.testkit.contract.TransactionWorld;

/** What a file system can do, so that every way of swapping is tested. */
enum SwapWay {
  EXCHANGE(new Capabilities(true, true, true, true)),
  EXCHANGE_WITHOUT_SYNC(new Capabilities(true, true, false, true)),
  RENAME(new Capabilities(false, true, true, true)),
  LINK(new Capabilities(false, false, false, true)),
  /** Some files are mounts; in memory only. */
  IN_PLACE(new Capabilities(true, true, true, true));

  private final Capabilities capabilities;

  SwapWay(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  Environment adapt(Environment environment) {
    return withPlatform(environment, new LimitedPlatform(environment.platform(), capabilities));
  }

  /** Makes mounts of some usual files, where the way is about them. */
  void mount(TransactionWorld world) {
    if (this == IN_PLACE) {
      world.sandbox().faults().mount(world.settingsFile());
      world.sandbox().faults().mount(world.hook("check.sh"));
    }
  }

  static Environment withPlatform(Environment e, PlatformFiles platform) {
    return new Environment(
        e.home(),
        e.stravinskyHome(),
        e.userHome(),
        e.workingDirectory(),
        e.installation(),
        e.variables(),
        e.clock(),
        e.ids(),
        e.hostname(),
        e.user(),
        e.command(),
        platform);
  }
}
