/**
 * What can go wrong, in one place: the error matrix, the exit statuses and one exception for each
 * rule that can be broken, all under {@link dev.stravinsky.api.error.StravinskyException}.
 *
 * <p>I/O errors are {@link java.io.IOException}s up to the place that knows what was being done;
 * {@link dev.stravinsky.api.error.IoProblems} gives them their kind.
 */
package dev.stravinsky.api.error;
