/**
 * How fast backups are made and verified: JMH benchmarks with a small size that runs in every build
 * and a large one that is run by hand.
 */
package dev.stravinsky.benchmarks;
