/** The three levels of recovery and the emergency procedure. */
package dev.stravinsky.recovery;
