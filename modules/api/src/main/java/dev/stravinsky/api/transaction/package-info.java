/**
 * Changing many files as if they were one. States and rules: the implementing module's
 * documentation.
 */
package dev.stravinsky.api.transaction;
