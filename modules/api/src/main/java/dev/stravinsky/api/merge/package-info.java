/** The new release and the user's changes, brought into one tree. */
package dev.stravinsky.api.merge;
