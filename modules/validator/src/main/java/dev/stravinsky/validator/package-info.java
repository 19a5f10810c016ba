/**
 * Runs checks, each on a thread of its own with its own time limit, and holds the checks of the
 * machine: space, permissions, locks, backups, and whether what was swapped in is what was meant.
 *
 * <p>Three kinds of checks are told apart. Those of the <em>machine</em> judge whether the
 * operation can be done now. Those of the <em>content</em>, brought by {@link
 * dev.stravinsky.spi.ValidatorProvider}s, judge files. The <em>external</em> ones run in processes
 * of their own, see {@link dev.stravinsky.validator.ExternalValidators}.
 */
package dev.stravinsky.validator;
