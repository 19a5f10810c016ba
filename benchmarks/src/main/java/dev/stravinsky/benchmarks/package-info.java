/**
 * How fast the product's parts are: JMH benchmarks of backups, changes, swaps, manifests and the
 * trail, with a small size that runs in every build and larger ones that are run by hand.
 */
package dev.stravinsky.benchmarks;
