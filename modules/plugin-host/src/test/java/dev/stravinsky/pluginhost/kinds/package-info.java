/** Plugins that bring every kind but checks; packed into bundles of their own by the tests. */
package dev.stravinsky.pluginhost.kinds;
