/** Getting files back: three levels, and the emergency procedure. */
package dev.stravinsky.api.recovery;
