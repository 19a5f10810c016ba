/**
 * A server that speaks Toxiproxy's HTTP interface: proxies of TCP connections, and toxics that
 * spoil what passes through them. Written after the interface's description in Toxiproxy's README
 * (version 2), so that its clients work with either.
 *
 * <p>A connection has two links, one a direction. A link reads on one thread and writes on another
 * one, so that what is delayed does not stop what follows it from arriving; between the two each
 * chunk passes the toxics of its direction, in the order in which they were added. A change of
 * toxics takes effect at once, also on connections that are open.
 */
package dev.stravinsky.chaos.toxiproxy;
