/** Reads, downloads, verifies and builds releases and channels. */
package dev.stravinsky.release;
