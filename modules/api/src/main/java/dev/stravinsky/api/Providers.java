package dev.stravinsky.api;

import java.util.ServiceLoader;

/** Where providers of a service of this product are looked for. */
public final class Providers {
  private Providers() {}

  /**
   * Where this is a module only modules are asked: to search JARs as well would take 10 ms.
   *
   * @param type a service that this module uses
   */
  public static <P> ServiceLoader<P> of(Class<P> type) {
    ModuleLayer layer = Providers.class.getModule().getLayer();
    return layer == null ? ServiceLoader.load(type) : ServiceLoader.load(layer, type);
  }
}
