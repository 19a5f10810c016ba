/**
 * Whether what Python and Node hooks import would be there, in the state that is judged. Hooks are
 * parsed, nothing of them is run: Python's own parser reads Python and looks top-level names up as
 * files; JavaScript is read here, and its packages are folders.
 */
package dev.stravinsky.claude.imports;
