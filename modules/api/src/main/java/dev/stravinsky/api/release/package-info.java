/** Releases: what can be installed. */
package dev.stravinsky.api.release;
