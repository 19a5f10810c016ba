/** Runs and examines the distribution as it was packaged, the way a user meets it. */
package dev.stravinsky.dist;
