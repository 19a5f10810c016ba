/**
 * Breaks the world around the real product, one fault in one place at a time, and looks at what is
 * left. Read {@link dev.stravinsky.chaos.Scenarios} for what is broken and {@link
 * dev.stravinsky.chaos.Oracle} for what must hold. The oracle shares no code with the product: it
 * walks trees, computes digests and reads archives by itself.
 */
package dev.stravinsky.chaos;
