/** Fault and crash file systems on Jimfs, and a contract suite for every service. */
package dev.stravinsky.testkit;
