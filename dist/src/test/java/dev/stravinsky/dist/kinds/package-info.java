/** A plugin of every kind but checks; packed into a bundle of its own by the tests. */
package dev.stravinsky.dist.kinds;
