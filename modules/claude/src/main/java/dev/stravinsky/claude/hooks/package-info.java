/**
 * Whether hooks are well-formed: each language's own interpreter says so, without running anything
 * and without leaving files. The content goes to the interpreter's standard input, since it may lie
 * in staging.
 */
package dev.stravinsky.claude.hooks;
