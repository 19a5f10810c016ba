package dev.stravinsky.api.check;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The plugins that are dropped in; seen from outside of the plugin host. */
public interface Plugins {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Plugins> {}

  /** Every file in the plugin folders, also those that cannot run. Starts the host to ask it. */
  List<Plugin> list() throws IOException;

  /**
   * Copies a bundle into the user's plugins, durably; a bundle of the same name is replaced.
   *
   * @throws dev.stravinsky.api.error.RefusedException if it is not a bundle; nothing was changed
   */
  Plugin install(Path bundle) throws IOException;

  /**
   * Removes a plugin of the user's by its name.
   *
   * @throws dev.stravinsky.api.error.NotFoundException if there is none
   */
  void remove(String name) throws IOException;

  /**
   * A file in a plugin folder.
   *
   * @param name the bundle's symbolic name, or the file's name if it has none
   * @param provides ids of what it provides, for example its checks
   * @param reason why it is not active
   */
  record Plugin(
      String name,
      String version,
      Path file,
      State state,
      List<String> provides,
      Optional<String> reason) {
    public Plugin {
      provides = List.copyOf(provides);
    }
  }

  /** What became of a plugin. */
  enum State {
    ACTIVE,
    /** It is a bundle, but does not resolve or start. */
    INACTIVE,
    /** The file is not a bundle. */
    INVALID
  }
}
