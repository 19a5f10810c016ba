/**
 * What settings need to be there: the scripts and programs that their commands name, as a shell
 * would find them in the state that is judged. What a shell alone could know (substitutions,
 * unknown variables, patterns) is left alone.
 */
package dev.stravinsky.claude.dependencies;
