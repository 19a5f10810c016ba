/** Runs checks in order with time limits: the built-in ones and external processes. */
package dev.stravinsky.validator;
