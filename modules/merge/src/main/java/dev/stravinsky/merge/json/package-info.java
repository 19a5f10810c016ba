/**
 * JSON merged by key. A text is taken apart into its values and everything between them, so that
 * what is put together again differs only where something changed: order of keys, indentation,
 * comments and the spelling of numbers and strings stay.
 */
package dev.stravinsky.merge.json;
