/**
 * The new release and the user's changes into one tree.
 *
 * <p>Each file has three sides: as the installed release published it, as the new one has it, as
 * the user has it. What one side alone changed is taken from it. A file that both changed is
 * merged, JSON by key ({@code json}), other text by lines ({@code text}); the parser and the
 * comparison are loaded only then. What cannot be merged is a conflict: the user's file stays, the
 * new one is set aside. The base is always what a release published, never what was merged: the
 * user's lines count as theirs in every update.
 */
package dev.stravinsky.merge;
