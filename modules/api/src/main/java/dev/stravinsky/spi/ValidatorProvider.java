package dev.stravinsky.spi;

import dev.stravinsky.api.Services;
import java.util.List;

/**
 * Brings the built-in validators of a core module; plugins register {@link Validator}s directly.
 */
public interface ValidatorProvider {
  /** The module's validators in their order; cheap. */
  List<Validator> validators(Services services);
}
