/**
 * {@link dev.stravinsky.testkit.chaos.ChaosTest}: a JUnit 5 test that is run once with nothing
 * wrong, and then with each fault in each place where it can strike.
 */
package dev.stravinsky.testkit.chaos;
