/**
 * Texts merged by lines, as {@code diff3} does: two changes that touch are for a person to decide.
 */
package dev.stravinsky.merge.text;
