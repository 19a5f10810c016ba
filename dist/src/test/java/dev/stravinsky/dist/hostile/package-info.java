/** Plugins, most of which misbehave in one way; packed into bundles by the tests. */
package dev.stravinsky.dist.hostile;
