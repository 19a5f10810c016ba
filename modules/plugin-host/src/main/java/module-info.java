/** A process of its own in which Felix runs the plugins. */
module dev.stravinsky.pluginhost {
  requires dev.stravinsky.api;
  requires org.apache.felix.framework;
  requires tools.jackson.databind;
}
