/**
 * Sequences of commands with faults at random positions, as values: drawn from a seed, written as a
 * line of text by which they are replayed, and shrunk to the shortest one that still fails. They
 * are played by {@code SequencePlayer}.
 */
package dev.stravinsky.chaos.sequence;
