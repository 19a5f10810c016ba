/**
 * A process of its own in which Felix runs the plugins.
 *
 * <p>{@link dev.stravinsky.pluginhost.PluginHostLauncher} says how the process is started; it is
 * all that runs in the command's own process. {@link dev.stravinsky.pluginhost.HostMain} is the
 * process: it answers the check protocol ({@code docs/check-protocol.md}) on its standard input and
 * output.
 *
 * <p>The process runs on the class path, whichever way the command runs: Felix and plugins reach
 * into the platform in ways for which modules would have to be opened one by one, and nothing in it
 * needs to be hidden from anything else. Inside, the {@code api} JAR is a connected bundle, so that
 * plugins and host share its classes; each plugin is an ordinary bundle with a class loader of its
 * own.
 *
 * <p>It may end or be killed at any moment: it owns nothing but Felix's cache, a private directory
 * under the system's temporary one, which it removes at its end or, after a kill, at a later start.
 */
package dev.stravinsky.pluginhost;
