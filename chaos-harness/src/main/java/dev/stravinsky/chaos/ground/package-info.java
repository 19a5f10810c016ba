/**
 * Where the trials take place: in memory or in a folder of a real disk, with the built-in user's
 * files or a copy of somebody's own.
 */
package dev.stravinsky.chaos.ground;
