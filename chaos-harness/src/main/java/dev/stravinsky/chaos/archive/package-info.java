/**
 * Archives read with the system's own {@code tar} where they lie on a real disk, and by a few lines
 * where they lie in memory; never with the product's reader.
 */
package dev.stravinsky.chaos.archive;
