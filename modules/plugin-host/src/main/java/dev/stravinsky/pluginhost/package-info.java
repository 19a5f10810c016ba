/** A process of its own in which Felix runs the plugins. */
package dev.stravinsky.pluginhost;
