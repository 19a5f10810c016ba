/** A plugin that needs more memory than there is. */
package dev.stravinsky.chaos.plugin;
