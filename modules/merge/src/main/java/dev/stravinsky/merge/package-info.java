/** The new release and the user's changes into one tree. */
package dev.stravinsky.merge;
