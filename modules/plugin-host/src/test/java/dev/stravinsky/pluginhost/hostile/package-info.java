/** Plugins that misbehave, each in one way; packed into bundles by the tests. */
package dev.stravinsky.pluginhost.hostile;
