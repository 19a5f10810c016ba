/**
 * Fault and crash file systems on Jimfs, and a contract suite for every service.
 *
 * <p>Begin with {@link dev.stravinsky.testkit.Sandbox}.
 */
package dev.stravinsky.testkit;
